using DisclosureApi.Http;

namespace DisclosureApi.Bulk;

/// <summary>GET /v1/exports/{year}: every public report of a year in one file.</summary>
internal static class GetExport
{
    public static readonly OperationContract Contract = new("get_export", "Bulk", "Take all reports of a year")
    {
        Description =
            "As lines of JSON, each the very bytes that the report's own address answers; or as CSV with a row for each report, or for each cell that is given (rows=cells), and the form of each table in the last columns: under one name forms may count different things. In the order of codes, as of a "
            + "position: the present when asOf is left out. Content-Location is the address under which these bytes stay; only a removal of words by law changes them, and then ETag and Repr-Digest too. "
            + "Range and If-Range or If-Match go on where a transfer broke off, in each coding. A text in CSV that begins with =, +, - or @ is led by an apostrophe. Link rel=\"monitor\" is the feed of all that changed since. Accept: application/json answers the manifest.",
        Parameters = ["asOf", "format", "rows", "bom"],
        Answers =
        [
            new(200, "Report", "The reports") { MediaType = ExportFile.Lines, Texts = [Body.CsvType], Others = [(Json.MediaType, "ExportManifest")], Headers = ["Accept-Ranges", "Content-Location", "ETag", "Link"] },
            new(206, "Report", "A part of the same bytes") { MediaType = ExportFile.Lines, Texts = [Body.CsvType], Headers = ["Accept-Ranges", "Content-Location", "Content-Range", "ETag", "Link"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400, 404, 406, 412],
        Refusals = [ProblemTypes.ImpossibleQuery, ProblemTypes.RangeNotSatisfiable],
    };

    public static string Path(int year) => $"/v1/exports/{year}";

    public static async Task<IResult> HandleAsync(int year, HttpRequest request, PublicPoint points, Measures measures, ExportRows rows, Settings settings, CancellationToken cancellation)
    {
        if (!FilingBody.IsReportYear(year))
        {
            return new Problem(ProblemTypes.NotFound);
        }
        if (request.Headers.IfMatch.Count > 0)
        {
            // Whoever guards a transfer with a condition that cannot be read hears so before he joins anything.
            Precondition.Optional(request);
        }
        var format = Filter.Choice(request, "format", "ndjson", "csv") ?? MediaTypes.Choose(request, ExportFile.Lines, Body.CsvType, Json.MediaType) switch
        {
            ExportFile.Lines => "ndjson",
            Body.CsvType => "csv",
            Json.MediaType => "manifest",
            _ => null,
        };
        var byCells = Filter.Choice(request, "rows", "reports", "cells") == "cells";
        var withMark = Filter.Choice(request, "bom", "true", "false") == "true";
        if (format is null)
        {
            return new Problem(ProblemTypes.NotAcceptable).With("supported", [ExportFile.Lines, Body.CsvType, Json.MediaType]);
        }
        if (format == "manifest")
        {
            return ((Answer)await GetManifest.HandleAsync(year, request, points, measures, settings, cancellation)).WithVary("Accept, Accept-Encoding");
        }
        if (format == "ndjson" && (byCells || withMark))
        {
            throw Filter.Impossible("rows=cells与bom=true只用于CSV", "rows=cells and bom=true are for CSV.");
        }
        var position = await points.FindAsync(request, cancellation);
        var file = new ExportFile(year, position, format == "csv", byCells, withMark, PublicBody.Preferred(request.Headers.AcceptEncoding, isMadeAnew: true));
        return new ExportAnswer(file, (await measures.OfAsync([file], request.HttpContext))[0], rows);
    }
}

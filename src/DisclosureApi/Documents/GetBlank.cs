using System.Collections.Concurrent;
using Disclosure.Documents.Writing;
using Disclosure.Formats;
using DisclosureApi.Http;

namespace DisclosureApi.Documents;

/// <summary>GET /v1/formats/{form}/blank: an official form with nothing filled in.</summary>
internal static class GetBlank
{
    public static readonly OperationContract Contract = new("get_blank", "Documents", "Read a blank form")
    {
        Description =
            "The whole report after one of the official forms, to be filled in and filed as the document it is: as Word file, web page, text or spreadsheet (CSV), by Accept. "
            + "?bom=true leads the CSV with a byte order mark.",
        Parameters = ["Bom"],
        Answers =
        [
            new(200, null, "The form") { Headers = ["ETag", "Vary", "Content-Disposition", "Content-Language"], Documents = DocumentWriters.MediaTypes },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Vary"] },
        ],
        Problems = [400, 404],
        Refusals = [ProblemTypes.NotAcceptable],
    };

    /// <summary>There are a few forms and a few kinds of files, and none of them ever changes.</summary>
    private static readonly ConcurrentDictionary<(string Form, string MediaType, bool Led), WrittenDocument> _written = new();

    public static IResult Handle(string form, HttpContext context, DocumentWriters writers)
    {
        if (KnownFormats.ByKey(form) is not { } format)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var writer = writers.Preferred(context.Request);
        var led = DocumentWriters.IsLed(context.Request, writer);
        return _written.GetOrAdd((form, writer.MediaType, led), _ => DocumentWriters.Write(writer, ReportWriter.Blank(format), led)).Answer(isPublic: true);
    }
}

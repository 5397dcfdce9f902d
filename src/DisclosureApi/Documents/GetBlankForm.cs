using Disclosure.Documents.Writing;
using Disclosure.Formats;
using DisclosureApi.Http;
using DisclosureApi.Http.Printing;

namespace DisclosureApi.Documents;

/// <summary>GET /v1/formats/{year}/blank: the form that reports of this year follow, to be filled in.</summary>
internal static class GetBlankForm
{
    private const string Csv = "text/csv";
    private static readonly string[] _documents = [.. DocumentWriters.MediaTypes.Where(type => type != Csv)];

    private static readonly (string, string)[] _variesByAccept = [("Vary", "Accept")];

    public static readonly OperationContract Contract = new("get_blank_form", "Documents", "Get the form of a year, to be filled in")
    {
        Description =
            "As JSON a filing that can be filled in and sent to /v1/validations or as a draft; as CSV (UTF-8 with a byte order mark, RFC 4180) a line for each number with its labels and its "
            + "pointer; as Word file, web page or text the whole report in the form's layout, to be filled in and filed as the document it is. Accept decides; JSON without it.",
        Answers =
        [
            new(200, "Filing", "The form") { Headers = ["ETag"], Texts = [Csv], Documents = _documents },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404, 406],
    };

    public static IResult Handle(int year, HttpRequest request, DocumentWriters writers) => FilingBody.IsReportYear(year) && KnownFormats.ForYear(year) is { } format
        ? MediaTypes.Choose(request, [Json.MediaType, Csv, .. _documents]) switch
        {
            Json.MediaType => Answer.Public(new PublicBody(BlankForm.Json(format, year)), headers: _variesByAccept),
            Csv => Answer.Public(new PublicBody(BlankForm.Csv(format)), $"{Csv}; charset=utf-8; header=present", _variesByAccept),
            null => new Problem(ProblemTypes.NotAcceptable).With("supported", [Json.MediaType, Csv, .. _documents]),
            var document => DocumentWriters.Write(writers.Of(document), ReportWriter.Blank(format, year), led: false).Answer(isPublic: true),
        }
        : new Problem(ProblemTypes.NotFound);
}

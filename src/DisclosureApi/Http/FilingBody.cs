using System.Security.Cryptography;
using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Formats;
using Disclosure.Reports;
using Disclosure.Rules;

namespace DisclosureApi.Http;

/// <summary>A filing as a request brings it: as JSON, or as the very document that the agency publishes.</summary>
public static class FilingBody
{
    /// <summary>Media types of documents that the API knows. An instance that lacks a program for one of them says so.</summary>
    public static IReadOnlyList<string> Documents { get; } =
        ["text/plain", "text/markdown", "text/csv", "text/html", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/pdf"];

    /// <summary>Reads either kind by its media type.</summary>
    public static async Task<(Filing Filing, OriginalDocument? Document)> ReadAsync(HttpContext context) =>
        Body.MediaTypeOf(context.Request) is Json.MediaType ? (await JsonAsync(context), null) : await DocumentAsync(context, [Json.MediaType]);

    public static async Task<Filing> JsonAsync(HttpContext context)
    {
        var (filing, faults) = FilingReader.Read(await Body.JsonAsync(context));
        return faults.Count == 0 ? filing : throw new ProblemException(new Problem(ProblemTypes.InvalidBody).With(faults));
    }

    /// <param name="others">Media types that the resource takes beside documents.</param>
    public static async Task<(Filing Filing, OriginalDocument Document)> DocumentAsync(HttpContext context, params IReadOnlyList<string> others)
    {
        var readers = context.RequestServices.GetRequiredService<DocumentReaders>();
        var reader = readers.Of(Body.MediaTypeOf(context.Request));
        if (reader?.Read is not { } read)
        {
            var refusal = Body.UnsupportedMediaType([.. others, .. readers.Installed]);
            throw new ProblemException(reader?.Lacks is { } lacking ? refusal.With("lacks", lacking) : refusal);
        }
        var bytes = await Body.BytesAsync(context);
        var source = await read(new DocumentBytes(bytes, Body.CharsetOf(context.Request)), context.RequestAborted);
        return ReportReader.Read(source) switch
        {
            ReadResult.Report(var filing) => (filing, new OriginalDocument(Convert.ToHexStringLower(SHA256.HashData(bytes)), reader.MediaType, bytes.Length)),
            ReadResult.NotAReport(var why) => throw new ProblemException(new Problem(ProblemTypes.NotAReport, why)),
            _ => throw new InvalidOperationException("unknown result of reading"),
        };
    }

    /// <summary>Makes sure that the filing is for this year and holds no number that can stand in no report.</summary>
    /// <param name="at">Where in the body the filing stands.</param>
    public static void Require(Filing filing, int year, string at = "")
    {
        if (Check(filing, year, at) is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    /// <summary>What keeps the filing from being a draft of this year; null when nothing does.</summary>
    public static Problem? Check(Filing filing, int year, string at = "")
    {
        if (filing.Year is { } stated && stated != year)
        {
            return new Problem(ProblemTypes.InvalidBody).With([new Fault($"{at}/year", new(
                $"文件为{stated}年年报，与地址中的{year}年不符", $"The filing is about {stated}, the address about {year}."))]);
        }
        var impossible = RuleBook.OutOfRange(new RuleInput(year, filing, Surroundings.Unknown));
        return impossible.Count == 0 ? null : new Problem(ProblemTypes.InvalidBody).With(impossible);
    }

    /// <summary>A report year that has an official form; other years are no resource of this API.</summary>
    public static bool IsReportYear(int year) => year <= 9999 && KnownFormats.ForYear(year) is not null;
}

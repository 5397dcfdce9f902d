using System.Security.Cryptography;
using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Formats;
using Disclosure.Reports;
using Disclosure.Rules;

namespace DisclosureApi.Http;

/// <summary>A document that was read, with its bytes and what an event says of it.</summary>
public sealed record FiledDocument(Filing Filing, byte[] Bytes, OriginalDocument Original);

/// <summary>A filing as a request brings it: as JSON, or as the very document that the agency publishes.</summary>
public static class FilingBody
{
    /// <summary>How many documents are read at once. Each may take a processor for seconds and a hundred megabytes; with more at a time everybody else would wait.</summary>
    public static readonly int MostAtOnce = Math.Max(2, Environment.ProcessorCount);

    private static readonly SemaphoreSlim _reading = new(MostAtOnce);

    /// <summary>Media types of documents that the API knows. An instance that lacks a program for one of them says so.</summary>
    public static IReadOnlyList<string> Documents { get; } =
        ["text/plain", "text/markdown", "text/csv", "text/html", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/pdf"];

    /// <summary>Reads either kind by its media type; the second is null for JSON.</summary>
    public static async Task<(Filing Filing, FiledDocument? Document)> ReadAsync(HttpContext context) =>
        Body.MediaTypeOf(context.Request) is Json.MediaType ? (await JsonAsync(context), null)
        : await DocumentAsync(context, [Json.MediaType]) is var document ? (document.Filing, document) : default;

    public static async Task<Filing> JsonAsync(HttpContext context)
    {
        var (filing, faults) = FilingReader.Read(await Body.JsonAsync(context));
        return faults.Count == 0 ? filing : throw new ProblemException(new Problem(ProblemTypes.InvalidBody).With(faults));
    }

    /// <param name="others">Media types that the resource takes beside documents.</param>
    public static async Task<FiledDocument> DocumentAsync(HttpContext context, params IReadOnlyList<string> others)
    {
        var readers = context.RequestServices.GetRequiredService<DocumentReaders>();
        var mediaType = Body.MediaTypeOf(context.Request);
        Require(readers, mediaType, others);
        return await ReadAsync(readers, mediaType, new DocumentBytes(await Body.BytesAsync(context), Body.CharsetOf(context.Request)), context.RequestAborted);
    }

    /// <summary>Reads a document that is at hand.</summary>
    public static async Task<FiledDocument> ReadAsync(DocumentReaders readers, string? mediaType, DocumentBytes document, CancellationToken cancellation)
    {
        var reader = Require(readers, mediaType, []);
        return await ReadInTurnAsync(reader, document, cancellation) switch
        {
            ReadResult.Report(var filing) => new FiledDocument(filing, document.Bytes, new OriginalDocument(Convert.ToHexStringLower(SHA256.HashData(document.Bytes)), reader.MediaType, document.Bytes.Length)
            {
                Charset = document.Charset,
                Reader = ReportReader.Version,
            }),
            ReadResult.NotAReport(var why) => throw new ProblemException(new Problem(ProblemTypes.NotAReport, why)),
            _ => throw new InvalidOperationException("unknown result of reading"),
        };
    }

    private static async Task<ReadResult> ReadInTurnAsync(DocumentReader reader, DocumentBytes document, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            return ReportReader.Read(await reader.Read!(document, cancellation));
        }
        finally
        {
            _reading.Release();
        }
    }

    private static DocumentReader Require(DocumentReaders readers, string? mediaType, IReadOnlyList<string> others)
    {
        var reader = readers.Of(mediaType);
        if (reader?.Read is not null)
        {
            return reader;
        }
        var refusal = Body.UnsupportedMediaType([.. others, .. readers.Installed]);
        throw new ProblemException(reader?.Lacks is { } lacking ? refusal.With("lacks", lacking) : refusal);
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

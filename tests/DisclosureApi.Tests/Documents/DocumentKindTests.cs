using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Tests.Documents.Readers;

namespace DisclosureApi.Tests.Documents;

/// <summary>Every kind of document goes in by its media type, to be converted or to be filed, and says the same.</summary>
public sealed class DocumentKindTests(Api api) : IClassFixture<Api>
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static readonly MarkedUpReport _report = new("2021", MarkedUpReport.Distinct);

    private static readonly Dictionary<string, (byte[] Bytes, string MediaType)> _documents = new(StringComparer.Ordinal)
    {
        ["a page"] = (Encoding.UTF8.GetBytes(_report.Html()), "text/html"),
        ["a page in GB18030"] = (In("gb18030", _report.Html()), "text/html; charset=gb18030"),
        ["a page that declares itself"] = (In("gb18030", "<meta charset=\"GB2312\">" + _report.Html()), "text/html"),
        ["a word file"] = (_report.Docx(), Word),
        ["lines"] = (Encoding.UTF8.GetBytes(Loose().InLines()), "text/plain; charset=utf-8"),
        ["lines in UTF-16"] = ([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Loose().InLines())], "text/plain"),
        ["pieces as markdown"] = (Encoding.UTF8.GetBytes(Loose().InPieces()), "text/markdown"),
    };

    public static TheoryData<string> Kinds => [.. _documents.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_document_is_converted_and_filed_by_its_media_type(string kind)
    {
        var converted = (await api.Anon.PostAsync("/v1/conversions", Body(kind))).Expect(200).Json;
        Assert.Equal(200, converted["readings"]!.AsObject().Count(reading => reading.Value!["state"]!.GetValue<string>() == "sure"));

        var life = await api.ReportAsync(2023, Samples.CodeOf(700 + kind.Sum(c => c)));
        var draft = (await life.FileAsync(Body(kind))).Expect(201).Json;
        Assert.True(JsonNode.DeepEquals(converted["content"], draft["content"]));
        Assert.True(JsonNode.DeepEquals(converted["readings"], draft["readings"]));
    }

    [Fact]
    public async Task A_kind_that_this_instance_cannot_read_is_refused_with_what_is_missing()
    {
        var reads = (await api.Anon.GetAsync("/v1/formats")).Expect(200).Json["reads"]!.AsArray().Select(type => type!.GetValue<string>()).ToList();
        var pdf = new ByteArrayContent("%PDF-1.4 of nothing"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };

        var answer = await api.Anon.PostAsync("/v1/conversions", pdf);

        if (reads.Contains("application/pdf"))
        {
            answer.ExpectProblem(422, "unreadable-document");
        }
        else
        {
            answer.ExpectProblem(415, "unsupported-media-type");
            Assert.Contains("pdftotext", answer.Json["lacks"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_broken_word_file_leaves_no_draft()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(699));
        var broken = new ByteArrayContent("PK no zip"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue(Word) } };

        (await life.FileAsync(broken)).ExpectProblem(422, "unreadable-document");

        (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(404);
    }

    private static Disclosure.Tests.Documents.LooseText Loose() =>
        new("2021", cell => cell.Column.Decimals > 0 ? "36.5" : cell.Column.Key is "total" ? "7" : cell.Column.Key is "naturalPerson" or "upheld" ? "7" : "0");

    private static byte[] In(string encoding, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(encoding).GetBytes(text);
    }

    private static ByteArrayContent Body(string kind) =>
        new(_documents[kind].Bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(_documents[kind].MediaType) } };
}

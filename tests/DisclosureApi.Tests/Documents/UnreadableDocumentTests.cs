using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Tests.Documents.Readers;

namespace DisclosureApi.Tests.Documents;

/// <summary>Documents that hold nothing to be read: who sends one is told why and how to mend it, and gets no zeros in place of numbers.</summary>
public sealed class UnreadableDocumentTests(Api api) : IClassFixture<Api>
{
    private const string Pdf = "application/pdf";
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    [Fact]
    public async Task A_locked_pdf_is_refused_and_the_sender_told_to_take_its_password_off() =>
        await AssertRefusedAsync(Sent(MadeUpPdf.Locked("secret")), 690, "密码", "remove its password");

    [Fact]
    public async Task A_scanned_pdf_is_refused_as_one_without_text() =>
        await AssertRefusedAsync(Sent(MadeUpPdf.Scanned()), 691, "扫描", "may be a scan");

    [Fact]
    public async Task A_pdf_that_anyone_may_open_and_nobody_change_is_read_like_any_other()
    {
        var open = await ConvertAsync(Sent(MadeUpPdf.Locked("")));
        Assert.Equal((await ConvertAsync(Sent(MadeUpPdf.Written()))).ExpectProblem(422, "not-a-report").Text, open.Text);
    }

    [Fact]
    public async Task A_word_file_that_holds_only_the_picture_of_a_report_is_no_report()
    {
        var picture = MarkedUpReport.Packed(
            """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:drawing/></w:r></w:p></w:body></w:document>""",
            ("word/media/image1.png", "a picture"));
        var refused = (await ConvertAsync(Sent(picture, Word))).ExpectProblem(422, "not-a-report");
        Assert.Null(refused.Json["content"]);
    }

    private async Task AssertRefusedAsync(Func<HttpContent> document, int agency, string zh, string en)
    {
        var refused = (await ConvertAsync(document)).ExpectProblem(422, "unreadable-document");
        Assert.Contains(zh, refused.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Json.AsObject(), member => member.Value is JsonObject or JsonArray);
        var english = (await api.Anon.PostAsync("/v1/conversions", document(), ("Accept-Language", "en"))).ExpectProblem(422, "unreadable-document");
        Assert.Contains(en, english.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        var life = await api.ReportAsync(2023, Samples.CodeOf(agency));
        (await life.FileAsync(document())).ExpectProblem(422, "unreadable-document");
        (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(404);
    }

    private async Task<Reply> ConvertAsync(Func<HttpContent> document)
    {
        using var content = document();
        var type = content.Headers.ContentType!.MediaType;
        var reads = (await api.Anon.GetAsync("/v1/formats")).Expect(200).Json["reads"]!.AsArray().Select(read => read!.GetValue<string>());
        Assert.SkipUnless(reads.Contains(type), "pdftotext (poppler-utils) is not installed here.");
        return await api.Anon.PostAsync("/v1/conversions", content);
    }

    private static Func<HttpContent> Sent(byte[] bytes, string mediaType = Pdf) =>
        () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}

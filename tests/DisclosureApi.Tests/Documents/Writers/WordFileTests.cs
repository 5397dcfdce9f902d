using Disclosure.Documents.Writing;
using Disclosure.Formats;
using DisclosureApi.Documents.Writers;
using DisclosureApi.Http.Printing;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DisclosureApi.Tests.Documents.Writers;

/// <summary>A Word file that Word takes: valid by its schema, with merged cells, the fonts of official documents, and the same bytes each time.</summary>
public class WordFileTests
{
    public static TheoryData<string> Forms => [.. KnownFormats.All.Select(form => form.Key)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_blank_form_is_valid_and_has_the_forms_tables_with_merged_cells(string form)
    {
        using var file = new MemoryStream(WordFile.Render(ReportWriter.Blank(KnownFormats.ByKey(form)!, KnownFormats.ByKey(form)!.FirstYear)));
        using var document = WordprocessingDocument.Open(file, isEditable: false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var tables = document.MainDocumentPart!.Document.Body!.Elements<DocumentFormat.OpenXml.Wordprocessing.Table>().ToList();
        Assert.Equal(3, tables.Count);
        Assert.Contains(tables[1].Descendants<GridSpan>(), span => span.Val! == 7);
        Assert.Contains(tables[1].Descendants<VerticalMerge>(), merge => merge.Val! == MergedCellValues.Restart);
        Assert.Equal(3, tables[2].Descendants<TableHeader>().Count());
        var page = document.MainDocumentPart.Document.Body.Elements<SectionProperties>().Single().GetFirstChild<PageSize>()!;
        Assert.Equal((11906u, 16838u), (page.Width!.Value, page.Height!.Value));
        Assert.Contains("方正小标宋简体", document.MainDocumentPart.StyleDefinitionsPart!.Styles!.InnerXml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("政务\v公开", "政务 公开")]
    [InlineData("云州市\U00029B72镇\uFFFE", "云州市\U00029B72镇 ")]
    public void Signs_that_no_XML_has_are_blanks_and_rare_characters_stay(string typed, string written)
    {
        using var file = new MemoryStream(WordFile.Render(new OfficialDocument(typed, null, [new DocumentPart.Paragraph(typed)])));
        using var document = WordprocessingDocument.Open(file, isEditable: false);

        Assert.Equal(written + written, document.MainDocumentPart!.Document.Body!.InnerText);
        Assert.Equal(written, XmlWords.Of(typed));
    }

    [Fact]
    public void Equal_reports_give_equal_bytes()
    {
        static byte[] Written(int seed) => new MadeUpReport(new Random(seed)) is var report ? WordFile.Render(ReportWriter.Document(report.Content(), report.Agency, report.Year)) : [];
        Assert.Equal(Written(7), Written(7));
        Assert.NotEqual(Written(7), Written(8));
    }
}

using System.Net;
using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Formats;
using DisclosureApi.Documents.Readers;

namespace DisclosureApi.Tests.Documents.Readers;

/// <summary>Web pages and Word files: merged cells stand where the form has them, and the markup's noise changes nothing.</summary>
public class MarkupTests
{
    public static TheoryData<string> Forms => ["2019", "2021"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_number_of_a_page_with_merged_cells_is_read(string form) =>
        AssertAllSure(form, Read(HtmlDocument.Read(new MarkedUpReport(form, MarkedUpReport.Distinct).Html())));

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_number_of_a_word_file_with_merged_cells_is_read(string form) =>
        AssertAllSure(form, Read(WordDocument.Read(new MarkedUpReport(form, MarkedUpReport.Distinct).Docx())));

    [Fact]
    public void Word_soup_and_no_break_spaces_in_a_page_change_no_number()
    {
        var soup = new MarkedUpReport("2021", MarkedUpReport.Distinct).Html(text => "<p class=MsoNormal style='mso-element:frame'><span lang=EN-US>&nbsp;</span><b><span\n style='font-family:仿宋_GB2312'>"
            + string.Join("<span lang=EN-US><o:p></o:p></span>", text.Select(c => WebUtility.HtmlEncode(c.ToString()))) + "</span></b><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></p>");
        var page = $"<html><head><title>某网站</title><style>p {{ margin: 0 }}</style></head><body><div class=nav><a href=/>首页</a> &gt; <a>政府信息公开年报</a></div><script>var a = '<td>9</td>';</script>{soup}<div>版权所有</div></body></html>";
        AssertAllSure("2021", Read(HtmlDocument.Read(page)));
    }

    [Fact]
    public void A_page_laid_out_by_tables_is_read_through_them() =>
        AssertAllSure("2021", Read(HtmlDocument.Read($"<table><tr><td>导航</td><td><table><tr><td>{new MarkedUpReport("2021", MarkedUpReport.Distinct).Html()}</td></tr></table></td></tr></table>")));

    [Fact]
    public void Text_cut_in_runs_deleted_text_and_field_codes_in_a_word_file_change_no_number()
    {
        var docx = new MarkedUpReport("2021", MarkedUpReport.Distinct).Docx(text =>
            "<w:del><w:r><w:delText>77</w:delText></w:r></w:del><w:r><w:instrText>PAGE 9</w:instrText></w:r><w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/>"
            + string.Concat(text.Select(c => $"<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{WebUtility.HtmlEncode(c.ToString())}</w:t></w:r><w:proofErr w:type=\"spellEnd\"/>")));
        AssertAllSure("2021", Read(WordDocument.Read(docx)));
    }

    [Theory]
    [InlineData("<del>447</del>{0}")]
    [InlineData("<s>447</s><ins>{0}</ins>")]
    [InlineData("<span style='text-decoration: line-through'>447</span>{0}")]
    [InlineData("<span style='visibility:\nhidden'>9</span>{0}")]
    [InlineData("<span style='display :\tnone'>9</span>{0}")]
    public void What_a_page_hides_or_strikes_out_is_no_digit(string written) =>
        AssertAllSure("2021", Read(HtmlDocument.Read(new MarkedUpReport("2021", MarkedUpReport.Distinct).Html(text =>
            string.Format(System.Globalization.CultureInfo.InvariantCulture, written, WebUtility.HtmlEncode(text))))));

    [Theory]
    [InlineData(".old{text-decoration:line-through}")]
    [InlineData("p{display:block}/* a } */span.old, .other { color:red; DISPLAY : none }")]
    [InlineData("@media print{.old{display:block!important}}@media screen{.old{visibility:hidden}}")]
    [InlineData(".old{display:none}*{display:block}")]
    [InlineData("body > .none, table .old, p > .old{display:none}")]
    public void What_a_style_sheet_hides_or_strikes_out_is_no_digit(string sheet) =>
        AssertAllSure("2021", Read(HtmlDocument.Read($"<style>{sheet}</style>" + new MarkedUpReport("2021", MarkedUpReport.Distinct).Html(text => $"<span class='old'>447</span>{WebUtility.HtmlEncode(text)}"))));

    [Theory]
    [InlineData("@media print{.now{display:none}}")]
    [InlineData("@media screen and (max-width:600px){.now{display:none}}")]
    [InlineData(".tab{display:none}.tab.now{display:inline}")]
    [InlineData(".tab{display:none}.now{display:inline}")]
    [InlineData("nav .now{display:none}")]
    [InlineData(".now:hover, .now::before, > {display:none}")]
    [InlineData(".now{{{display:none")]
    public void What_a_style_sheet_shows_on_a_screen_is_read(string sheet) =>
        AssertAllSure("2021", Read(HtmlDocument.Read($"<style>{sheet}</style>" + new MarkedUpReport("2021", MarkedUpReport.Distinct).Html(text => $"<span class='tab now'>{WebUtility.HtmlEncode(text)}</span>"))));

    [Fact]
    public void Numbers_in_the_fields_of_a_form_are_read_and_what_is_sent_unseen_is_not() =>
        AssertAllSure("2021", Read(HtmlDocument.Read(new MarkedUpReport("2021", MarkedUpReport.Distinct).Html(text => text.All(c => char.IsAsciiDigit(c) || c is '.')
            ? $"<input type=hidden value=447><input name=v value='{text}'><input type=checkbox value=1>" : WebUtility.HtmlEncode(text)))));

    [Theory]
    [InlineData("<w:strike/>")]
    [InlineData("<w:dstrike w:val=\"true\"/>")]
    [InlineData("<w:vanish/>")]
    public void What_a_word_file_hides_or_strikes_out_is_no_digit(string property) =>
        AssertAllSure("2021", Read(WordDocument.Read(new MarkedUpReport("2021", MarkedUpReport.Distinct).Docx(text =>
            $"<w:r><w:rPr>{property}</w:rPr><w:t>447</w:t></w:r><w:r><w:rPr><w:strike w:val=\"0\"/></w:rPr><w:t xml:space=\"preserve\">{WebUtility.HtmlEncode(text)}</w:t></w:r>"))));

    [Theory]
    [InlineData("<w:rPr><w:rStyle w:val=\"Old\"/></w:rPr>", "")]
    [InlineData("<w:rPr><w:rStyle w:val=\"Older\"/></w:rPr>", "<w:rPr><w:rStyle w:val=\"Older\"/><w:strike w:val=\"0\"/></w:rPr>")]
    public void What_the_styles_of_a_word_file_strike_out_is_no_digit(string struck, string shown)
    {
        const string Styles = """
            <w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="character" w:styleId="Old"><w:name w:val="Old"/><w:rPr><w:strike/></w:rPr></w:style><w:style w:type="character" w:styleId="Older"><w:basedOn w:val="Old"/></w:style></w:styles>
            """;
        var xml = new MarkedUpReport("2021", MarkedUpReport.Distinct).DocumentXml(text =>
            $"<w:r>{struck}<w:t>447</w:t></w:r><w:r>{shown}<w:t xml:space=\"preserve\">{WebUtility.HtmlEncode(text)}</w:t></w:r>");

        AssertAllSure("2021", Read(WordDocument.Read(MarkedUpReport.Packed(xml, ("word/styles.xml", Styles)))));
    }

    [Fact]
    public void Digits_written_as_symbols_in_a_word_file_are_read() =>
        AssertAllSure("2021", Read(WordDocument.Read(new MarkedUpReport("2021", MarkedUpReport.Distinct).Docx(text => string.Concat(text.Select(c => char.IsAsciiDigit(c)
            ? $"<w:r><w:sym w:font=\"Symbol\" w:char=\"{0xF000 + c:X4}\"/><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r>"
            : $"<w:r><w:t xml:space=\"preserve\">{WebUtility.HtmlEncode(c.ToString())}</w:t></w:r>"))))));

    [Fact]
    public void A_footnotes_mark_behind_a_number_makes_it_doubtful_and_no_longer()
    {
        var (licensing, report) = (new CellAddress("proactive", "licensing", "decisions"), new MarkedUpReport("2021", MarkedUpReport.Distinct));
        var number = MarkedUpReport.Distinct(Format2021.Value.Tables.SelectMany(table => table.Cells).Single(cell => cell.Address == licensing));
        var page = report.Html(text => text == number ? $"{text}<sup>1</sup>" : WebUtility.HtmlEncode(text));
        var docx = report.Docx(text => text == number
            ? $"<w:r><w:t>{text}</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>1</w:t></w:r>"
            : $"<w:r><w:t xml:space=\"preserve\">{WebUtility.HtmlEncode(text)}</w:t></w:r>");

        foreach (var filing in new[] { Read(HtmlDocument.Read(page)), Read(WordDocument.Read(docx)) })
        {
            Assert.Equal(ReadingState.Uncertain, filing.Readings[licensing.Pointer].State);
            Assert.Null(filing.Content.Cell(licensing));
        }
    }

    [Fact]
    public void Blank_cells_stay_blank_and_move_nothing()
    {
        string Sparse(Cell cell) => MarkedUpReport.Distinct(cell) is var number && number.EndsWith('3') ? "" : number.EndsWith('7') ? "/" : number;
        var report = new MarkedUpReport("2021", Sparse);
        foreach (var filing in new[] { Read(HtmlDocument.Read(report.Html())), Read(WordDocument.Read(report.Docx())) })
        {
            Assert.All(Format2021.Value.Tables.SelectMany(table => table.Cells), cell =>
            {
                var printed = Sparse(cell);
                Assert.Equal(printed is "" or "/" ? ReadingState.Blank : ReadingState.Sure, filing.Readings[cell.Address.Pointer].State);
                Assert.Equal(printed is "" or "/" ? null : printed, filing.Content.Cell(cell.Address) is { } value ? ReportText(value) : null);
            });
        }
    }

    [Fact]
    public void Notes_below_the_pages_are_read_behind_the_text()
    {
        const string Notes = """
            <w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>777</w:t></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>其中含外省企业3件。</w:t></w:r></w:p></w:footnote></w:footnotes>
            """;

        var filing = Read(WordDocument.Read(MarkedUpReport.Packed(new MarkedUpReport("2021", MarkedUpReport.Distinct).DocumentXml(), ("word/footnotes.xml", Notes))));

        AssertAllSure("2021", filing);
        Assert.EndsWith("其中含外省企业3件。", filing.Content.Section("otherMatters"), StringComparison.Ordinal);
        Assert.DoesNotContain("777", filing.Content.Section("otherMatters")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_numbered_by_word_itself_get_their_numbers_back()
    {
        var xml = new MarkedUpReport("2021", MarkedUpReport.Distinct).DocumentXml();
        foreach (var section in Sections.All.Where(section => section.Heading is not null))
        {
            xml = xml.Replace($"<w:p><w:r><w:t xml:space=\"preserve\">{section.Heading}</w:t>",
                $"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>{section.Heading![2..]}</w:t>", StringComparison.Ordinal);
        }
        const string Lists = """
            <w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num></w:numbering>
            """;
        var filing = Read(WordDocument.Read(MarkedUpReport.Packed(xml, ("word/numbering.xml", Lists))));
        AssertAllSure("2021", filing);
        // A list that counts on from another and is told to begin anew does.
        var anew = Lists.Replace("</w:numbering>", "<w:num w:numId=\"6\"><w:abstractNumId w:val=\"3\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num></w:numbering>", StringComparison.Ordinal);
        var numbered = xml.Replace("<w:body>", "<w:body><w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>目录</w:t></w:r></w:p>", StringComparison.Ordinal);
        Assert.Contains(Read(WordDocument.Read(MarkedUpReport.Packed(numbered, ("word/numbering.xml", Lists)))).Notes, note => note.Code is "heading-differs" or "heading-missing");
        AssertAllSure("2021", Read(WordDocument.Read(MarkedUpReport.Packed(Restarted(numbered), ("word/numbering.xml", anew)))));
        Assert.DoesNotContain(filing.Notes, note => note.Code is "heading-differs" or "heading-missing");
    }

    /// <summary>With the headings in the list that begins anew.</summary>
    private static string Restarted(string xml)
    {
        var body = xml.IndexOf("目录", StringComparison.Ordinal);
        return xml[..body] + xml[body..].Replace("w:numId w:val=\"5\"", "w:numId w:val=\"6\"", StringComparison.Ordinal);
    }

    private static Filing Read(SourceText source) => Assert.IsType<ReadResult.Report>(ReportReader.Read(source)).Filing;

    private static string ReportText(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertAllSure(string form, Filing filing)
    {
        Assert.Equal(("云州市北湖区文化局", 2023), (filing.AgencyName, filing.Year));
        Assert.All(KnownFormats.ByKey(form)!.Tables.SelectMany(table => table.Cells), cell =>
            Assert.True(filing.Content.Cell(cell.Address) is { } value && ReportText(value) == MarkedUpReport.Distinct(cell), $"{cell.Address}: {filing.Content.Cell(cell.Address)}, printed {MarkedUpReport.Distinct(cell)}"));
        Assert.All(Sections.All.Where(section => section.Heading is not null), section => Assert.NotNull(filing.Content.Section(section.Key)));
    }
}

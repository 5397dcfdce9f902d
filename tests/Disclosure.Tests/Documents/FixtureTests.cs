using System.Text.Json;
using Disclosure.Contents;

namespace Disclosure.Tests.Documents;

/// <summary>Reports of made-up agencies with every quirk of layout that real ones were seen to have.</summary>
public class FixtureTests
{
    public static TheoryData<string> Names => ["tab-rows", "cell-lines-2019-form", "cell-lines-split-headers", "cell-lines-mixed-forms"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_number_lands_in_its_own_cell(string name)
    {
        using var json = JsonDocument.Parse(Reports.Fixture(name + ".json"));
        var expected = json.RootElement;
        var filing = Reports.ReadFixture(name + ".txt");

        Reports.AssertCells(Reports.Cells(expected.GetProperty("tables")), filing);
        Assert.Equal(expected.GetProperty("agency").GetString(), filing.AgencyName);
        Assert.Equal(expected.GetProperty("year").GetInt32(), filing.Year);
        Assert.All(expected.GetProperty("forms").EnumerateObject(), form => Assert.Equal(form.Value.GetString(), filing.Word($"/forms/{form.Name}")));
        Assert.DoesNotContain(filing.Readings.Values, reading => reading.State is ReadingState.Uncertain or ReadingState.Blank);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_reading_points_at_the_very_characters_it_was_read_from(string name)
    {
        var document = Reports.Fixture(name + ".txt");
        var lines = document.Split('\n');
        foreach (var (pointer, reading) in Reports.Read(document).Readings.Where(reading => reading.Value.State == ReadingState.Sure))
        {
            Assert.True(lines[reading.Line!.Value - 1][(reading.Column!.Value - 1)..].StartsWith(reading.Raw!, StringComparison.Ordinal), pointer);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Not_a_character_is_lost_or_doubled(string name) =>
        Characters.AssertAllKept(Reports.Fixture(name + ".txt"), Reports.ReadFixture(name + ".txt"));

    [Theory]
    [MemberData(nameof(Names))]
    public void All_that_was_read_fits_the_shape_of_content(string name) =>
        Assert.All(Reports.ReadFixture(name + ".txt").Content.Words, word => Assert.True(ContentShape.Find(word.Key) is { } slot && ContentShape.Fits(slot, word.Value), word.Key));

    [Fact]
    public void A_sentence_pushed_in_anywhere_is_kept_once_and_makes_no_number_wrong()
    {
        const string Sentence = "插入一句话，不多不少。";
        var lines = Reports.Fixture("tab-rows.txt").Split('\n');
        using var json = JsonDocument.Parse(Reports.Fixture("tab-rows.json"));
        var expected = Reports.Cells(json.RootElement.GetProperty("tables"));
        for (var i = 0; i < lines.Length; i++)
        {
            var filing = Reports.Read(string.Join('\n', [.. lines.Take(i), Sentence, .. lines.Skip(i)]));
            var prose = string.Concat(filing.Content.Words.Where(word => word.Key.StartsWith("/sections/", StringComparison.Ordinal)).Select(word => word.Value));
            Assert.Equal(1, prose.Split(Sentence).Length - 1);
            Assert.All(filing.Content.Cells, cell => Assert.Equal(expected[cell.Key], cell.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_line_lost_doubled_or_pushed_in_anywhere_makes_no_number_wrong(string name)
    {
        var lines = Reports.Fixture(name + ".txt").Split('\n');
        using var json = JsonDocument.Parse(Reports.Fixture(name + ".json"));
        var expected = Reports.Cells(json.RootElement.GetProperty("tables"));
        for (var i = 0; i < lines.Length; i += 1 + (lines.Length / 40))
        {
            string[][] damaged = [[.. lines.Take(i), .. lines.Skip(i + 1)], [.. lines.Take(i + 1), .. lines.Skip(i)], [.. lines.Take(i), "插入一句话。", .. lines.Skip(i)], [.. lines.Take(i), "", .. lines.Skip(i)]];
            foreach (var text in damaged)
            {
                var filing = Reports.Read(string.Join('\n', text));
                Assert.All(filing.Content.Cells, cell => Assert.True(expected[cell.Key] == cell.Value, $"line {i + 1} \"{lines[i]}\": {cell}"));
            }
        }
    }

    [Fact]
    public void Tab_rows_give_words_contact_and_the_mistyped_header()
    {
        var filing = Reports.ReadFixture("tab-rows.txt");

        Assert.Equal("云州市东陵区工业信息局 2023 年政府信息公开工作 年度报告", filing.Content.Title);
        Assert.Equal((new DateOnly(2023, 1, 1), new DateOnly(2023, 12, 31)), filing.Content.Period);
        Assert.Equal("东陵区工业信息局办公室", filing.Word("/contact/office"));
        Assert.Equal("云州市东陵区新河一路 12 号", filing.Word("/contact/address"));
        Assert.Equal("000012", filing.Word("/contact/postcode"));
        Assert.Equal("0999-1234567", filing.Word("/contact/telephone"));
        Assert.Equal("xxgk@dongling.example.gov.cn", filing.Word("/contact/email"));
        Assert.Equal("https://www.dongling.example.gov.cn/zfxxgk/", filing.Word("/contact/site"));
        Assert.Equal("/tables/proactive/governmentRules/repealed", filing.Word("/source/labels/0/at"));
        Assert.Equal("本年度止件数", filing.Word("/source/labels/0/printed"));
        Assert.Null(filing.Word("/source/labels/1/at"));
        Assert.Equal("（一）主动公开情况。全年公开信息 35 条。\n（二）依申请公开情况。依规办理。", filing.Content.Section("overview"));
        Assert.Equal("", filing.Content.Section("applications"));
    }

    [Fact]
    public void A_title_on_two_lines_is_one_and_arabic_headings_are_kept_as_printed()
    {
        var filing = Reports.ReadFixture("cell-lines-2019-form.txt");

        Assert.Equal("云州市西岭区粮食局2021年政府信息公开工作年度报告", filing.Content.Title);
        Assert.Equal("applications", filing.Word("/source/headings/0/section"));
        Assert.Equal("3、 收到和处理政府信息公开申请情况", filing.Word("/source/headings/0/printed"));
        Assert.Equal("五、存在的主要问题和改进情况", filing.Word("/source/headings/2/printed"));
        Assert.Equal("2021年，仍存在公开不够及时的问题。\n下一步将加强学习，按月检查。", filing.Content.Section("problems"));
        Assert.Equal(-8, filing.Cell("proactive/otherServices/change"));
        Assert.Contains("unit-not-printed", filing.Codes());
        Assert.DoesNotContain("forms-mixed", filing.Codes());
    }

    [Fact]
    public void An_editing_mark_before_a_heading_is_lifted_out()
    {
        var filing = Reports.ReadFixture("cell-lines-split-headers.txt");

        Assert.Equal("[bookmark: _GoBack]", filing.Word("/source/marks/0"));
        Assert.Equal("2024年发出收费通知3件，实际收取金额60元。", filing.Content.Section("otherMatters"));
        Assert.Equal("南浦县区域合作中心2024年政府信息公开工作年度报告", filing.Content.Title);
        Assert.Equal("0999- 8652773", filing.Word("/contact/telephone"));
        Assert.DoesNotContain("header-missing", filing.Codes());
    }

    [Fact]
    public void A_heading_without_its_number_is_told_from_the_sub_heading_of_the_same_words()
    {
        var filing = Reports.ReadFixture("cell-lines-mixed-forms.txt");

        Assert.Equal(("proactive", "主动公开政府信息情况"), (filing.Word("/source/headings/0/section")!, filing.Word("/source/headings/0/printed")!));
        Assert.Contains("（三）主动公开政府信息情况\n发布信息48条。\n依申请公开政府信息情况", filing.Content.Section("overview"), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2023, 1, 17), filing.Content.PrintedDate);
        Assert.Equal(("/tables/proactive/normativeDocuments", "规范性文件"), (filing.Word("/source/labels/0/at")!, filing.Word("/source/labels/0/printed")!));
        Assert.Equal(ReadingState.Sure, filing.Reading("applications/otherHandling/total").State);
        Assert.Contains("forms-mixed", filing.Codes());
    }
}

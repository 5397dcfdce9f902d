using System.Text;
using Disclosure.Documents;

namespace Disclosure.Tests.Documents;

/// <summary>Whatever is sent, reading ends soon and never throws.</summary>
public class HostileTests
{
    /// <summary>Long enough to show what is not linear: that would take minutes.</summary>
    private const int Length = 100_000;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    private static readonly string _report = new ReportText("2021", _ => "3").InTabs();

    public static TheoryData<string> Pieces =>
    [
        "政", "\t", "\n", "\t\n", "\t\t\n", "a\tb\n", "\t0\n", "\r", "\r\n\t", "0", "1,", "1 ", "（", "[bookmark:", "[bookmark: x]", "\0", "\uFEFF", "\u200B", "\uD800", "\uDC00x", "😀\n",
        "二〇二三年", "2023年1月1日至", "2023年1月1日至2023年12月31日", "统计期限自2023年1月1日起至2023年12月31日止。", "联系电话：", "地址：", "请与", "http://a ", "邮箱a@b.c\n",
        "一、\n", "一、总体情况\n", "二、主动公开政府信息情况\n", "2023年政府信息公开工作年度报告\n", "报告\n", "- 1 -\n", "第二十条第（一）项\n", "第二十条第（一）项\t\n", "行政许可\t1\n", "行政许可\t1\n行政处罚\n",
        "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n", "一、本年新收政府信息公开申请数量\t1\t\t3\n", "（六）其他处理\t\t\n", "3.其他\t1\n", "（三）不予公开\t九、某某某某某某某某理由\t1\n",
        "信息内容\t本年度止件数\n", "行政复议\t行政诉讼\n结果维持\t1\n", "总计\t总计\n", "未经复议直接起诉\t1\n1\t2\n",
    ];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void A_flood_of_anything_is_read_or_refused_in_time(string piece)
    {
        var flood = new StringBuilder().Insert(0, piece, Length / piece.Length).ToString();
        var since = WorkTime.Now;
        Assert.NotNull(ReportReader.Read(PlainText.Read(_report + flood)));
        Assert.NotNull(ReportReader.Read(PlainText.Read(flood + "\n" + _report)));
        Assert.True(WorkTime.Now - since < _limit, $"{WorkTime.Now - since} for \"{piece}\"");
    }

    [Theory]
    [InlineData("\t")]
    [InlineData("政")]
    [InlineData("一、本年新收政府信息公开申请数量\t1\t\t3\n")]
    [InlineData("a | b | c |\na | b |\na | b | |||\n")]
    [InlineData("行政许可 |\n1 |\n||\n")]
    [InlineData("行政许可\n|\n1\n|\n")]
    public void Four_megabytes_are_read_or_refused_in_time(string piece)
    {
        var since = WorkTime.Now;
        Assert.NotNull(ReportReader.Read(PlainText.Read(_report + new StringBuilder().Insert(0, piece, 4 * 1024 * 1024 / Encoding.UTF8.GetByteCount(piece)))));
        Assert.True(WorkTime.Now - since < _limit, $"{WorkTime.Now - since} for \"{piece}\"");
    }

    /// <summary>A cell takes many times the room of the tab that parts it from the next.</summary>
    [Theory]
    [InlineData("\t\n")]
    [InlineData("\t\t\t\n")]
    [InlineData("||\n")]
    [InlineData("a\n")]
    public void Cells_without_number_are_not_made_of_a_flood_and_nothing_of_it_is_lost(string piece)
    {
        var rows = PlainText.Read(_report + new StringBuilder().Insert(0, piece, 4 * 1024 * 1024 / piece.Length) + "终").Rows;
        Assert.InRange(rows.Sum(row => 1 + row.Cells.Count), 100, 400_000);
        Assert.EndsWith("终", rows[^1].Cells[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_endless_rows_is_no_report() =>
        Assert.IsType<ReadResult.NotAReport>(ReportReader.Read(PlainText.Read(_report + new StringBuilder().Insert(0, "行政许可\t1\n行政处罚\t1\n", 600))));

    [Fact]
    public void Any_report_cut_anywhere_is_read_or_refused()
    {
        var report = Reports.Fixture("cell-lines-2019-form.txt");
        for (var i = 0; i < report.Length; i += 97)
        {
            Assert.NotNull(ReportReader.Read(PlainText.Read(report[..i])));
            Assert.NotNull(ReportReader.Read(PlainText.Read(report[i..])));
        }
    }
}

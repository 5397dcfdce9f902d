using Disclosure.Contents;
using Disclosure.Formats;

namespace DisclosureApi.Tests.Documents.Writers;

/// <summary>A report of made-up content: any numbers among any blanks, either form or both, prose with what files find hard to keep.</summary>
internal sealed class MadeUpReport(Random random)
{
    private static readonly string[] _agencies = ["云州市桂山区工业和信息化局", "云州市人民政府办公室", "桂山区北湖街道办事处", "云州经济技术开发区管理委员会"];

    private static readonly string[] _sentences =
    [
        "全年主动公开信息1,204条，其中政策文件36件。", "=1+1不是公式", "-3件较上年减少", "+86开头的号码", "@全体市民", "'引号开头", "'=更难的开头", "他说：“公开是常态，\"不公开\"是例外”。",
        "if (a < b && c > d) 则 &amp; 仍是原文", "（一）主动公开。及时更新", "1.加强组织领导；2.完善制度", "全角　空格和 单个空格", "制表\t分隔\t内容", "𠮷野家与🙂", "a,b;c|d", "“三安全一稳定”", "12", "100%", "<table><tr><td>7</td></tr></table>",
        "\\n不是换行", "两个  空格", "「直角引号」", "＝全角等号", "--双横线", "收费通知0件，实际收取金额0元。",
    ];

    private static readonly (string Section, string Printed)[] _headings =
    [
        ("disputes", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"), ("problems", "五、政府信息公开工作存在的主要问题及改进情况"), ("overview", "三、总体情况"),
    ];

    private static readonly (string Form, string At, string Printed)[] _labels =
    [
        ("2021", "/tables/proactive/governmentRules/repealed", "本年度止件数"), ("2021", "/tables/proactive/normativeDocuments", "规范性文件"),
        ("2021", "/tables/applications/otherHandling.notSupplemented", "1.申请人无正当理由逾期不补正、行政机关不再处理其信息公开申请"),
    ];

    private ReportContent _content = ReportContent.Empty;

    public int Year { get; } = random.Next(2019, 2025);

    public string Agency { get; } = _agencies[random.Next(_agencies.Length)];

    public ReportContent Content()
    {
        Put("/title", $"{Agency}{Year}年政府信息公开工作年度报告");
        Put("/printedDate", Chance(0.5) ? $"{Year + 1}-0{random.Next(1, 4)}-{random.Next(10, 29)}" : null);
        AddOpening();
        foreach (var section in new[] { "overview", "problems", "otherMatters" }.Where(_ => Chance(0.9)))
        {
            Put($"/sections/{section}", _content.Section(section) is { } opening ? $"{opening}\n{Prose()}".TrimEnd('\n') : Prose());
        }
        AddTables();
        AddSource();
        return _content;
    }

    private bool Chance(double share) => random.NextDouble() < share;

    private void Put(string path, string? word) => _content = _content.With(path, word);

    private string Prose() => string.Join('\n', Enumerable.Range(0, random.Next(0, 6)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => _sentences[random.Next(_sentences.Length)]))));

    /// <summary>What the opening tells of period and contact is copied out of it.</summary>
    private void AddOpening()
    {
        if (Chance(0.2))
        {
            return;
        }
        Put("/sections/preamble", $"根据《中华人民共和国政府信息公开条例》编制本报告。\n本报告所列数据的统计期限自{Year}年1月1日起至{Year}年12月31日止。\n如有疑问，请与桂山区信息科联系（地址：云州市桂山路7号，邮编：990102，电话：0990-5550123）。");
        Put("/period/from", $"{Year}-01-01");
        Put("/period/to", $"{Year}-12-31");
        Put("/contact/office", "桂山区信息科");
        Put("/contact/address", "云州市桂山路7号");
        Put("/contact/postcode", "990102");
        Put("/contact/telephone", "0990-5550123");
    }

    private void AddTables()
    {
        var own = KnownFormats.ForYear(Year)!;
        var (proactive, applications) = (Chance(0.15) ? KnownFormats.All[random.Next(2)] : own, Chance(0.15) ? KnownFormats.All[random.Next(2)] : own);
        // Table 4 is the same in both forms: it goes with the others, and with the year where these disagree.
        AddTable(proactive, "proactive");
        AddTable(applications, "applications");
        AddTable(proactive == applications ? proactive : own, "disputes");
        if (applications.Key == "2021" && Chance(0.15))
        {
            foreach (var cell in Format2019.Value.Table("applications").Cells.Where(cell => cell.Row.Key == "otherHandling"))
            {
                _content = _content.With(cell.Address, random.Next(0, 20));
            }
            var parts = applications.Table("applications").Cells.Where(cell => cell.Row.Key.StartsWith("otherHandling.", StringComparison.Ordinal));
            _content = parts.Aggregate(_content, (content, cell) => content.Without(cell.Address));
        }
    }

    private void AddTable(ReportFormat form, string table)
    {
        Put($"/forms/{table}", form.Key);
        // In plain text a line with tabs right before a table is a row of it.
        Put($"/sections/{table}", Chance(0.2) ? Prose().Replace('\t', ' ') : "");
        double[] shares = [0, 0, 0.1, 0.5, 0.95];
        var blanks = shares[random.Next(shares.Length)];
        foreach (var cell in form.Table(table).Cells.Where(_ => !Chance(blanks)))
        {
            _content = _content.With(cell.Address, Number(cell.Column));
        }
    }

    private decimal Number(Column column)
    {
        var count = random.Next(4) switch { 0 => 0, 1 => random.Next(1, 10), 2 => random.Next(), _ => (long)CellNumber.MaxCount - random.Next() };
        return column.Decimals > 0 ? (count % 1_000_000_000_000) / 10_000m : column.Signed && Chance(0.5) ? -count : count;
    }

    private void AddSource()
    {
        var headings = _headings.Where(heading => _content.Section(heading.Section) is not null && Chance(0.2)).OrderBy(heading => Sections.All.ToList().FindIndex(section => section.Key == heading.Section)).ToList();
        for (var i = 0; i < headings.Count; i++)
        {
            Put($"/source/headings/{i}/section", headings[i].Section);
            Put($"/source/headings/{i}/printed", headings[i].Printed);
        }
        var undivided = _content.Cells.Keys.Any(cell => cell.Row == "otherHandling");
        var labels = _labels.Where(label => _content.FormOf(label.At.Split('/')[2])?.Key == label.Form && !(undivided && label.At.Contains("otherHandling", StringComparison.Ordinal)) && HasNumber(label.At) && Chance(0.2)).ToList();
        for (var i = 0; i < labels.Count; i++)
        {
            Put($"/source/labels/{i}/at", labels[i].At);
            Put($"/source/labels/{i}/printed", labels[i].Printed);
        }
    }

    /// <summary>A row with a slip of the pen in its label is told from an empty line by its numbers.</summary>
    private bool HasNumber(string at) => at.Count(c => c == '/') > 3 || _content.Cells.Keys.Any(cell => cell.Pointer.StartsWith($"{at}/", StringComparison.Ordinal));
}

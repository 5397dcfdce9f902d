using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Reports;

/// <summary>
/// A new report as far as last year's already tells it: what was carried over then is carried in now, what was in force is
/// the figure to go on from, and who can be asked is most likely the same. Notes say where each came from.
/// </summary>
public static class Prefill
{
    private const string Applications = "applications";
    private const string Proactive = "proactive";
    private const string CarriedIn = "carriedIn";
    private const string CarriedOver = "carriedOver";
    private const string InForce = "inForce";
    private const string PreviousItems = "previousItems";
    private const string Change = "change";

    /// <param name="name">The agency as registered for that year.</param>
    /// <param name="last">What was published for the year before; null when nothing was.</param>
    public static Filing For(int year, string name, ReportContent? last)
    {
        var form = KnownFormats.ForYear(year) ?? throw new ArgumentOutOfRangeException(nameof(year), year, "has no official form");
        var content = ReportContent.Empty
            .With("/title", $"{name}{year}年政府信息公开工作年度报告")
            .With("/period/from", $"{year}-01-01")
            .With("/period/to", $"{year}-12-31");
        content = KnownFormats.TableKeys.Aggregate(content, (begun, table) => begun.With($"/forms/{table}", form.Key));
        if (last is null)
        {
            return new Filing(name, year, content, Filing.NoReadings, []);
        }
        var notes = new List<Note>();
        content = WithWords(content, last, year, notes);
        content = WithCarriedIn(content, last, year, notes);
        content = WithStock(content, last, form, year, notes);
        return new Filing(name, year, content, Filing.NoReadings, notes);
    }

    private static ReportContent WithWords(ReportContent content, ReportContent last, int year, List<Note> notes)
    {
        foreach (var (path, word) in last.Words)
        {
            if (path.StartsWith("/contact/", StringComparison.Ordinal))
            {
                content = content.With(path, word);
            }
        }
        if (last.Section(Sections.Preamble) is { Length: > 0 } preamble)
        {
            content = content.With($"/sections/{Sections.Preamble}", preamble);
            notes.Add(new Note("prefill-preamble", new(
                $"引言沿用{year - 1}年年报原文，请核对其中的年份", $"The preamble is that of {year - 1}, word for word; check the years in it."), $"/sections/{Sections.Preamble}"));
        }
        return content;
    }

    private static ReportContent WithCarriedIn(ReportContent content, ReportContent last, int year, List<Note> notes)
    {
        var carried = last.Cells.Where(cell => cell.Key.Table == Applications && cell.Key.Row == CarriedOver).ToList();
        if (carried.Count > 0)
        {
            notes.Add(new Note("prefill-carried-in", new(
                $"上年结转取自{year - 1}年年报的结转下年度继续办理", $"Carried in is what the report of {year - 1} carried over."), $"/tables/{Applications}/{CarriedIn}"));
        }
        return carried.Aggregate(content, (filled, cell) => filled.With(cell.Key with { Row = CarriedIn }, cell.Value));
    }

    /// <summary>The first year of a new form begins its own series: 对外公开总数量 of 2020 is another thing than 现行有效件数 of 2021.</summary>
    private static ReportContent WithStock(ReportContent content, ReportContent last, ReportFormat form, int year, List<Note> notes)
    {
        if (last.FormOf(Proactive) is { } followed && followed != form)
        {
            notes.Add(new Note("prefill-new-form", new(
                $"{year - 1}年年报的主动公开表格式不同，件数不能结转，请按新口径填报",
                $"The report of {year - 1} follows another form for proactive disclosure; its counts mean something else and are not carried."), $"/tables/{Proactive}"));
            return content;
        }
        foreach (var cell in form.Table(Proactive).Cells.Select(cell => cell.Address))
        {
            if (Stock(cell, last) is { } value)
            {
                content = content.With(cell, value);
                notes.Add(new Note("prefill-stock", new(
                    $"按{year - 1}年年报的年末数填入，请按本年增减更正", $"Filled in as it stood at the end of {year - 1}; correct it by what this year added and took away."), cell.Pointer));
            }
        }
        return content;
    }

    /// <summary>What stood at the end of last year: 现行有效 as it was, and the items of the older form after last year's 增/减.</summary>
    private static decimal? Stock(CellAddress cell, ReportContent last) => cell.Column switch
    {
        InForce => last.Cell(cell),
        PreviousItems => last.Cell(cell) + last.Cell(cell with { Column = Change }),
        _ => null,
    };
}

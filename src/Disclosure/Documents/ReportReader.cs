using Disclosure.Contents;
using Disclosure.Documents.Loose;
using Disclosure.Documents.Tables;
using Disclosure.Formats;

namespace Disclosure.Documents;

/// <summary>
/// Understands a document: takes it apart into title, sections and tables, and reads each. What cannot be told is left
/// open and said so, in the reading of the cell or in a note; nothing is guessed.
/// </summary>
public static class ReportReader
{
    /// <summary>Changes whenever the same document may be read differently; events tell it with each reading.</summary>
    public const string Version = "2026.5";

    /// <summary>Without a single table, a document must at least be divided as a report is.</summary>
    private const int FewestHeadings = 2;

    /// <summary>The longest table of any form has about thirty rows with its headers. This many are no table of a report.</summary>
    private const int MostRows = 1_000;

    /// <summary>A document with more lines than this is not put together again: the longest reports have two thousand.</summary>
    private const int MostLines = 20_000;

    public static ReadResult Read(SourceText source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var marks = new List<string>();
        var rows = CutRows.Doubted(Traces.WithoutPageNumbers([.. Traces.WithoutMarks(source.Rows, marks)], out var pages));
        return Mended(rows, Understand(rows, marks, pages), gathered => Understand(gathered, marks, pages));
    }

    /// <summary>A table that gave no sure number here and there may have lost its cells. Put together again, it is taken when it tells more.</summary>
    private static ReadResult Mended(IReadOnlyList<SourceRow> rows, ReadResult plain, Func<IReadOnlyList<SourceRow>, ReadResult> understand)
    {
        var doubted = KnownFormats.TableKeys.Where(table => Doubts(plain, table) && rows.Count <= MostLines).ToList();
        return doubted.Count > 1 && Taken(rows, plain, plain, doubted, understand) is (_, { } all)
            ? all
            : doubted.Aggregate((Rows: rows, Best: plain), (so, table) => Taken(so.Rows, plain, so.Best, [table], understand) is (var next, { } better) ? (next, better) : so).Best;
    }

    /// <summary>The document with these tables put together, when each of them tells more than before; nothing when one does not.</summary>
    private static (IReadOnlyList<SourceRow> Rows, ReadResult? Result) Taken(
        IReadOnlyList<SourceRow> rows, ReadResult plain, ReadResult best, IReadOnlyList<string> tables, Func<IReadOnlyList<SourceRow>, ReadResult> understand)
    {
        var gathered = rows;
        foreach (var table in tables)
        {
            if (LooseTables.Gather(gathered, table) is not { } next)
            {
                return (rows, null);
            }
            gathered = next;
        }
        // What was refused as it stands needs a title to be a report when it is put together: a list of figures has labels and numbers too.
        return understand(gathered) is ReadResult.Report { Filing: var mended } && (plain is ReadResult.Report || mended.Content.Title is not null)
            && tables.All(table => Tells(mended, table) > Tells(best, table))
            ? (gathered, new ReadResult.Report(best is ReadResult.Report { Filing: var earlier } ? Agreement.Of(mended, earlier) : mended))
            : (rows, null);
    }

    private static bool Doubts(ReadResult result, string table) => result is not ReadResult.Report { Filing: var filing }
        || filing.Readings.Any(reading => reading.Value.State is ReadingState.Uncertain or ReadingState.Absent && CellAddress.Parse(reading.Key)!.Value.Table == table);

    /// <summary>How much a table tells: numbers first, then numbers that may be.</summary>
    private static int Tells(Filing filing, string table) =>
        (1000 * filing.Content.Cells.Count(cell => cell.Key.Table == table)) + filing.Readings.Count(reading => reading.Value.Candidates.Count > 0 && CellAddress.Parse(reading.Key)!.Value.Table == table);

    private static int Tells(ReadResult result, string table) => result is ReadResult.Report { Filing: var filing } ? Tells(filing, table) : -1;

    private static ReadResult Understand(IReadOnlyList<SourceRow> rows, IReadOnlyList<string> marks, int pages)
    {
        var entries = Outline.Of(rows);
        var starts = Headings.Find(entries);
        var title = Title.Find(entries, starts.Count > 0 ? starts[0].At : entries.Count);
        var tables = KnownFormats.TableKeys.ToDictionary(key => key, key => entries.Where(entry => entry.Table == key).Select(entry => entry.Row).ToList(), StringComparer.Ordinal);
        if (Refusal(title, starts, tables.Values) is { } why)
        {
            return new ReadResult.NotAReport(why);
        }
        var filing = new FilingDraft();
        filing.TellTraces(marks, pages);
        filing.AddFront(entries, starts, title);
        filing.AddTables(tables);
        filing.AddHeadings(entries, starts);
        return new ReadResult.Report(filing.Finish());
    }

    /// <summary>What speaks for a report: its title, the official headings, an official table with a number in it.</summary>
    private static Message? Refusal(Title? title, IReadOnlyList<SectionStart> starts, IEnumerable<List<SourceRow>> tables)
    {
        var found = tables.Where(rows => rows.Count > 0).ToList();
        if (found.Exists(rows => rows.Count > MostRows))
        {
            return new Wording(
                "不是一份政府信息公开工作年度报告：统计表超过{0}行，统一格式最多约30行",
                "This is no annual report on open government information: a table has more than {0} rows, where the official forms have about 30").Tell(MostRows);
        }
        var numbers = found.Any(rows => rows.Any(row => row.Cells.Any(cell => !cell.IsBlank && PrintedNumber.IsValueLike(cell.Text) && !PrintedNumber.IsPlaceholder(cell.Text))));
        var headings = starts.Count(start => start.Heading is not null);
        if (numbers || (title is not null && (found.Count > 0 || headings >= FewestHeadings)))
        {
            return null;
        }
        var official = Sections.All.Count(section => section.Heading is not null);
        return new Wording(
            "不是政府信息公开工作年度报告：标题“…年政府信息公开工作年度报告”{0}；六个部分的标题找到{1}个；三张统计表找到{2}张，其中没有数据",
            "This is no annual report on open government information: of its title \"…年政府信息公开工作年度报告\" {3}, of the six official headings {1}, of the three official tables {2} were found, and no number in a table")
            .Tell(title is null ? "未找到" : "已找到", Math.Min(headings, official), found.Count, title is null ? "nothing" : "one");
    }
}

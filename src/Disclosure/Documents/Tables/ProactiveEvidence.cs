using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Tables;

/// <summary>
/// Gathers what tells the forms of table 2 apart: labels, captions and rows that only one of them has. The wording of a
/// row that both have, as in 规范性文件 and 行政规范性文件, weighs little beside the columns under which it stands.
/// </summary>
internal sealed class ProactiveEvidence
{
    private const string Table = "proactive";
    private const int MostTold = 6;
    private const int LongestHeader = 60;

    private sealed record Sign(string Form, string Words, int Weight);

    private readonly List<Sign> _signs = [];

    /// <summary>Words of columns that one form alone has, and that no sentence holds by chance.</summary>
    private static readonly (ReportFormat Form, string Words)[] _columns =
    [
        .. from form in KnownFormats.All
           from label in form.Table(Table).Blocks.SelectMany(block => block.Columns).Select(column => FormWords.Words(column.Label)).Distinct()
           where KnownFormats.All.All(other => other == form || !other.Table(Table).Blocks.Any(block => block.Columns.Any(column => FormWords.Words(column.Label) == label)))
           select (form, label),
    ];

    private readonly HashSet<string> _rows = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether the columns that a row has can be told without a header above it: every sign of weight is of this form, or all
    /// its rows are there and none that only another has.
    /// </summary>
    public bool ShowsColumnsOf(ReportFormat form) => _signs.Where(sign => sign.Weight > 1).Select(sign => sign.Form).Distinct().ToList() is var strong
        && (strong.Count == 0 ? form.Table(Table).Rows.Select(row => row.Key).Order(StringComparer.Ordinal).SequenceEqual(_rows.Order(StringComparer.Ordinal)) : strong is [var only] && only == form.Key);

    public void SeeCaption(string caption) =>
        See(caption, 2, form => form.Table(Table).Blocks.Any(block => Folding.Fold(block.Caption!) == caption));

    public void SeeRow(FoundRow row)
    {
        if (row.Official is not { } official)
        {
            return;
        }
        _rows.Add(official.Key);
        var words = Label.Parse(row.Printed.Text).Words;
        var shared = KnownFormats.All.All(form => form.Table(Table).Rows.Any(own => own.Key == official.Key));
        See(words, shared ? 1 : 2, form => form.Table(Table).Rows.Any(own => own.Key == official.Key && FormWords.Words(own.Label) == words));
    }

    public void SeeColumns(ProactiveHeader header, string? caption)
    {
        foreach (var column in header.Columns.Where(column => column.Key is not null))
        {
            var words = Label.Parse(column.Printed!.Value.Text).Words;
            See(words, 2, form => form.Table(Table).Blocks.Any(block =>
                (caption is null || Folding.Fold(block.Caption!) == caption) && block.Columns.Any(own => FormWords.Words(own.Label) == words)));
        }
    }

    /// <summary>Words of a header that lost its cells.</summary>
    public void SeeWords(SourceRow row)
    {
        foreach (var words in row.Cells.Where(cell => cell.Text.Length is > 0 and < LongestHeader).Select(cell => Label.Parse(cell.Text).Words))
        {
            foreach (var (form, label) in _columns.Where(column => words.Contains(column.Words, StringComparison.Ordinal)))
            {
                See(label, 2, known => known == form);
            }
        }
    }

    /// <summary>The form with the most evidence, and a note that tells the evidence.</summary>
    public ReportFormat Judge(ReportFormat fallback, TableReading reading)
    {
        var forms = _signs.GroupBy(sign => sign.Form, StringComparer.Ordinal)
            .OrderByDescending(signs => signs.Sum(sign => sign.Weight)).ThenByDescending(signs => signs.Key == fallback.Key).ToList();
        if (forms.Count == 0)
        {
            reading.Tell(ReadingNotes.FormUnclear, $"/tables/{Table}", fallback.Key);
            return fallback;
        }
        reading.Tell(ReadingNotes.FormDetected, $"/tables/{Table}", forms[0].Key, Told(forms[0]));
        foreach (var other in forms.Skip(1).Where(signs => signs.Any(sign => sign.Weight > 1)))
        {
            reading.Tell(ReadingNotes.EvidenceMixed, $"/tables/{Table}", Told(other));
        }
        return KnownFormats.ByKey(forms[0].Key)!;
    }

    private void See(string words, int weight, Func<ReportFormat, bool> has)
    {
        if (KnownFormats.All.Where(has).ToList() is [var only] && !_signs.Exists(sign => sign.Words == words))
        {
            _signs.Add(new Sign(only.Key, words, weight));
        }
    }

    private static string Told(IEnumerable<Sign> signs) => string.Join('、', signs.OrderByDescending(sign => sign.Weight).Select(sign => sign.Words).Take(MostTold));
}

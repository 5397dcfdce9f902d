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

    private sealed record Sign(string Form, string Words, int Weight);

    private readonly List<Sign> _signs = [];

    public void SeeCaption(string caption) =>
        See(caption, 2, form => form.Table(Table).Blocks.Any(block => Folding.Fold(block.Caption!) == caption));

    public void SeeRow(FoundRow row)
    {
        if (row.Official is not { } official)
        {
            return;
        }
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

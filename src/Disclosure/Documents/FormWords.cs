using System.Collections.Frozen;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents;

/// <summary>The words of all official forms, folded, and what each of them may mean.</summary>
internal static class FormWords
{
    /// <summary>Printed in the forms' headers above labels; no row and no column of numbers is called so.</summary>
    private static readonly (string Table, string Words)[] Headers = [("proactive", "信息内容"), ("applications", "申请人情况")];

    /// <summary>What the forms print, taken apart once.</summary>
    private static readonly FrozenDictionary<string, Label> _official = KnownFormats.All.SelectMany(format => format.Tables).SelectMany(Printed)
        .Concat(KnownFormats.All.SelectMany(format => format.Tables).SelectMany(table => table.Rows).Select(row => row.Label))
        .Concat(Sections.All.SelectMany(section => section.Aliases.Prepend(section.Heading ?? "")))
        .Distinct().ToFrozenDictionary(official => official, Label.Parse, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, IReadOnlyList<Row>> _rowsOf = KnownFormats.TableKeys.ToFrozenDictionary(
        table => table, table => (IReadOnlyList<Row>)[.. KnownFormats.All.Reverse().SelectMany(format => format.Table(table).Rows).DistinctBy(row => row.Key)], StringComparer.Ordinal);

    /// <summary>Which table a word belongs to, where it can belong to one only. 总计 and 其他 say nothing.</summary>
    private static readonly FrozenDictionary<string, string> _owners = Owners();

    private static readonly FrozenDictionary<string, Row[]> _rows = KnownFormats.All.SelectMany(format => format.Tables)
        .SelectMany(table => table.Rows.SelectMany(row => Names(row).Select(name => (Key: $"{table.Key}/{name}", Row: row))))
        .GroupBy(named => named.Key, named => named.Row)
        .ToFrozenDictionary(rows => rows.Key, rows => rows.DistinctBy(row => row.Key).ToArray(), StringComparer.Ordinal);

    /// <summary>The captions of table 2's blocks, folded.</summary>
    public static FrozenSet<string> BlockCaptions { get; } = KnownFormats.All.SelectMany(format => format.Table("proactive").Blocks)
        .Select(block => Folding.Fold(block.Caption ?? "")).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsHeader(string words) => Headers.Any(header => header.Words == words);

    public static string? OwnerOf(Label label) => label.IsEmpty ? null : _owners.GetValueOrDefault(label.Words);

    /// <summary>The rows of a table, in any form, that this label names: none, one, or more where a word needs its context.</summary>
    public static IReadOnlyList<Row> RowsNamed(string table, string words) => _rows.GetValueOrDefault($"{table}/{words}") ?? [];

    /// <summary>The table that a word standing for itself, without a number before it, belongs to.</summary>
    public static string? OwnerOf(ReadOnlySpan<char> words) => _owners.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(words, out var owner) ? owner : null;

    /// <summary>A label or heading of a form, taken apart.</summary>
    public static Label Official(string official) => _official.TryGetValue(official, out var label) ? label : Label.Parse(official);

    public static string Words(string official) => Official(official).Words;

    /// <summary>All rows of a table that any form has, in the order of the forms, each once.</summary>
    public static IReadOnlyList<Row> RowsOf(string table) => _rowsOf[table];

    /// <summary>A row's own label, and the same run together with the labels that span it, as merged cells give it.</summary>
    private static IEnumerable<string> Names(Row row)
    {
        yield return Words(row.Label);
        var whole = Folding.Fold(row.Label);
        for (var i = row.Under.Count - 1; i >= 0; i--)
        {
            whole = Folding.Fold(row.Under[i]) + whole;
            yield return Label.Parse(whole).Words;
        }
    }

    /// <summary>What a table prints beside the labels of its rows.</summary>
    private static IEnumerable<string> Printed(Table table) =>
    [
        table.Caption,
        table.Note ?? "",
        .. table.Blocks.Select(block => block.Caption ?? ""),
        .. table.Rows.SelectMany(row => row.Under),
        .. table.Blocks.SelectMany(block => block.Columns).SelectMany(column => new[] { column.Label, column.Under ?? "" }),
    ];

    private static FrozenDictionary<string, string> Owners()
    {
        var owned = Headers.ToList();
        foreach (var table in KnownFormats.All.SelectMany(format => format.Tables))
        {
            owned.AddRange(Printed(table).Select(Words).Concat(table.Rows.SelectMany(Names)).Select(words => (table.Key, words)));
        }
        return owned.Where(word => word.Words.Length > 0)
            .GroupBy(word => word.Words, word => word.Table)
            .Where(tables => tables.Distinct().Count() == 1)
            .ToFrozenDictionary(tables => tables.Key, tables => tables.First(), StringComparer.Ordinal);
    }
}

using Disclosure.Documents.Tables;
using Disclosure.Formats;

namespace Disclosure.Documents.Loose;

/// <summary>Whether the values of a row add up as its columns say.</summary>
internal static class Sums
{
    public static bool Hold(IReadOnlyList<SourceCell> values, IReadOnlyList<Column> columns)
    {
        if (values.Count != columns.Count)
        {
            return false;
        }
        // A sign that says that there is none adds nothing; an empty cell may have lost its number.
        var read = values.Select((value, i) => !value.IsBlank && PrintedNumber.IsPlaceholder(value.Text) ? 0 : PrintedNumber.Read(value, columns[i], null).Value).ToList();
        if (read.Contains(null))
        {
            return false;
        }
        var byKey = new Dictionary<string, decimal>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].SumOf.Count > 0 && columns[i].SumOf.Sum(key => byKey.GetValueOrDefault(key)) != read[i])
            {
                return false;
            }
            // The same columns may come again for the next group; each total adds up what stands before it.
            byKey[columns[i].Key] = read[i]!.Value;
        }
        return true;
    }
}

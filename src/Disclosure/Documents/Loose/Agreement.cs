using Disclosure.Contents;
using Disclosure.Documents.Tables;

namespace Disclosure.Documents.Loose;

/// <summary>Two readings of one document. Where both are sure of a cell and differ, neither is believed.</summary>
internal static class Agreement
{
    public static Filing Of(Filing filing, Filing other)
    {
        var differing = filing.Content.Cells.Where(cell => other.Content.Cell(cell.Key) is { } value && value != cell.Value).ToList();
        if (differing.Count == 0)
        {
            return filing;
        }
        var readings = filing.Readings.ToDictionary(reading => reading.Key, reading => reading.Value, StringComparer.Ordinal);
        foreach (var (address, value) in differing)
        {
            readings[address.Pointer] = readings[address.Pointer] with
            {
                State = ReadingState.Uncertain,
                Candidates = [value, other.Content.Cell(address)!.Value],
                Why = ValueReasons.Misaligned,
            };
        }
        return filing with
        {
            Content = new ReportContent(filing.Content.Cells.Without(differing.Select(cell => cell.Key)), filing.Content.Words),
            Readings = readings,
        };
    }
}

using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Statistics;

/// <summary>The numbers of one report by slot, in whole units. What is not given is not zero.</summary>
public sealed class FigureVector
{
    private readonly Int128?[] _units = new Int128?[FigureSlots.All.Count];

    public Int128? this[int slot] => _units[slot];

    public static FigureVector Of(ReportContent content, int year)
    {
        var vector = new FigureVector();
        var proactive = ProactiveForm(content, year);
        foreach (var (address, value) in content.Cells)
        {
            if (SlotOf(address, proactive) is { } slot)
            {
                vector._units[slot.Index] = slot.ToUnits(value);
            }
        }
        return vector;
    }

    public static FigureVector Unpack(ReadOnlySpan<byte> packed)
    {
        var vector = new FigureVector();
        PackedNumbers.Read(packed, vector._units);
        return vector;
    }

    /// <summary>Takes the numbers of another report, so that whoever looks at one after the other needs room for one alone.</summary>
    public FigureVector Refill(ReadOnlySpan<byte> packed)
    {
        Array.Clear(_units);
        PackedNumbers.Read(packed, _units);
        return this;
    }

    /// <summary>The same for who asks many reports for a few numbers; the others are left as they are.</summary>
    /// <param name="slots">In rising order.</param>
    public FigureVector Refill(ReadOnlySpan<byte> packed, ReadOnlySpan<int> slots)
    {
        PackedNumbers.Read(packed, slots, _units);
        return this;
    }

    public byte[] Pack() => PackedNumbers.Pack(_units);

    private static FigureSlot? SlotOf(CellAddress address, ReportFormat proactive) => address.Table == FigureSlots.Proactive
        ? FigureSlots.Find(address, proactive)
        : KnownFormats.All.Select(format => FigureSlots.Find(address, format)).FirstOrDefault(slot => slot is not null);

    /// <summary>The form that table 2 follows: as the report says, else the one whose own cells it has most of, else the year's.</summary>
    private static ReportFormat ProactiveForm(ReportContent content, int year) =>
        content.FormOf(FigureSlots.Proactive) ?? KnownFormats.All
            .OrderByDescending(format => content.Cells.Keys.Count(address => IsOwn(address, format)))
            .ThenByDescending(format => format.AppliesTo(year))
            .First();

    private static bool IsOwn(CellAddress address, ReportFormat format) =>
        address.Table == FigureSlots.Proactive
        && KnownFormats.All.Where(other => FigureSlots.Find(address, other) is not null).SequenceEqual([format]);
}

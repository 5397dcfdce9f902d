using Disclosure.Agencies;
using Disclosure.Statistics;

namespace DisclosureApi.Statistics.Sums;

/// <summary>By what the sums of a scope are kept apart: the division right below, level, kind and tree.</summary>
internal readonly record struct PartKey(string Region, string Level, string Kind, bool IsVertical)
{
    public static PartKey Of(string? scope, CountedReport report) => new(RegionTree.Below(scope, report.Region), report.Level, report.Kind, report.IsVertical);
}

/// <summary>The sums of a scope's year as they stood at a position.</summary>
internal sealed record Parts(long Position, IReadOnlyDictionary<PartKey, byte[]> Sums)
{
    /// <summary>Roughly what they take of memory.</summary>
    public long Size { get; } = 200 + Sums.Sum(part => 150 + part.Value.Length);

    public static Parts None(long position) => new(position, new Dictionary<PartKey, byte[]>());

    /// <summary>The same parts where these changes were added. Each change is done with before the next is asked for.</summary>
    public Parts With(long position, IEnumerable<KeyValuePair<PartKey, FigureSum>> changes)
    {
        var sums = new Dictionary<PartKey, byte[]>(Sums);
        foreach (var (key, change) in changes)
        {
            if (sums.Remove(key, out var before))
            {
                change.Add(before);
            }
            if (!change.IsEmpty)
            {
                sums.Add(key, change.Pack());
            }
        }
        return new Parts(position, sums);
    }

    /// <summary>In one order, so that the same sums are the same bytes.</summary>
    public byte[] Pack()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var (key, sum) in Sums.OrderBy(part => part.Key.ToString(), StringComparer.Ordinal))
        {
            writer.Write(key.Region);
            writer.Write(key.Level);
            writer.Write(key.Kind);
            writer.Write(key.IsVertical);
            writer.Write7BitEncodedInt(sum.Length);
            writer.Write(sum);
        }
        return bytes.ToArray();
    }

    public static Parts Unpack(long position, byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed));
        var sums = new Dictionary<PartKey, byte[]>();
        while (reader.BaseStream.Position < packed.Length)
        {
            // What stands in many parts is held once.
            var key = new PartKey(reader.ReadString(), string.Intern(reader.ReadString()), string.Intern(reader.ReadString()), reader.ReadBoolean());
            sums.Add(key, reader.ReadBytes(reader.Read7BitEncodedInt()));
        }
        return new Parts(position, sums);
    }
}

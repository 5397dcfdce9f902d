using System.Collections.Frozen;

namespace Disclosure.Agencies;

/// <summary>An administrative division of GB/T 2260.</summary>
/// <param name="Code">6 digits.</param>
/// <param name="Parent">Code of the division above it; null for a province.</param>
public sealed record Region(string Code, string Name, string? Parent)
{
    /// <summary>What the code itself tells: two zeros at the end stand for a prefecture, four for a province.</summary>
    public AgencyLevel Level =>
        Code.EndsWith("0000", StringComparison.Ordinal) ? AgencyLevel.Province
        : Code.EndsWith("00", StringComparison.Ordinal) ? AgencyLevel.Prefecture
        : AgencyLevel.County;
}

/// <summary>
/// The divisions of GB/T 2260 at the end of 2024. Codes come and go, so a code that is not here may have been right in its
/// year: what is not known is not judged.
/// </summary>
public static class Regions
{
    public static IReadOnlyList<Region> All { get; } = Load();

    private static readonly FrozenDictionary<string, Region> _byCode = All.ToFrozenDictionary(region => region.Code, StringComparer.Ordinal);

    /// <summary>The division of a code of 6 digits, or of a township's 9 by its first 6.</summary>
    public static Region? Find(string code) => code.Length < 6 ? null : _byCode.GetValueOrDefault(code[..6]);

    private static List<Region> Load()
    {
        using var reader = new StreamReader(typeof(Regions).Assembly.GetManifestResourceStream("regions.csv")!);
        var regions = new List<Region>();
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            if (line.Split(',') is [var code, var name, var parent] && code.Length == 6 && char.IsAsciiDigit(code[0]))
            {
                regions.Add(new Region(code, name, parent.Length == 0 ? null : parent));
            }
        }
        return regions;
    }
}

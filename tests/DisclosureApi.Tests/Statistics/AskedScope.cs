namespace DisclosureApi.Tests.Statistics;

/// <summary>The bodies that a question is about, chosen by chance, with who of them counts worked out by hand.</summary>
internal sealed record AskedScope(string? Region, string? Level, string? Kind, string? Tree, string? Line)
{
    private string Prefix => Region switch
    {
        null => "",
        _ when Region.EndsWith("0000", StringComparison.Ordinal) => Region[..2],
        { Length: 6 } when Region.EndsWith("00", StringComparison.Ordinal) => Region[..4],
        _ => Region,
    };

    public string Query => Given("region", Region) + Given("level", Level) + Given("kind", Kind) + Given("tree", Tree) + Given("line", Line);

    public static AskedScope Any(Random random)
    {
        var level = Maybe(["province", "county"], random);
        return new AskedScope(
            Maybe(FigureWorld.Regions, random), level, Maybe(level is null ? ["department", "office"] : ["department", "government"], random), Maybe(["regional", "vertical"], random),
            random.Next(6) == 0 ? FigureWorld.Line : null);
    }

    /// <summary>Some of the ways in which bodies are told apart, chosen by chance.</summary>
    public static string[] AnyGrouping(Random random) => [.. new[] { "region", "level", "kind", "tree" }.Where(_ => random.Next(3) == 0)];

    /// <summary>Whether figures count the body: a government's report repeats those of its departments, and counts where governments are asked for.</summary>
    public bool Counts(Entry body) => Holds(body) && (Kind is not null || body.Kind != "government");

    public bool Holds(Entry body) =>
        body.Region.StartsWith(Prefix, StringComparison.Ordinal) && (Level ?? body.Level) == body.Level && (Kind ?? body.Kind) == body.Kind
        && (Tree is null || (Tree == "vertical") == (body.Line is not null)) && (Line is null || body.Line == Line);

    /// <summary>What tells the body's group from others.</summary>
    public string KeyOf(Entry body, string[] by) => string.Join(
        '|', by.Contains("region") ? Below(body.Region) : "", by.Contains("level") ? body.Level : "", by.Contains("kind") ? body.Kind : "",
        by.Contains("tree") ? (body.Line is null ? "regional" : "vertical") : "");

    /// <summary>What lies right below the scope's place, for the places of this world.</summary>
    public string Below(string region) => (Region, region[..2]) switch
    {
        (null, _) => $"{region[..2]}0000",
        ({ Length: 9 }, _) => region,
        var (place, _) when place.EndsWith("0000", StringComparison.Ordinal) => region == place ? place : $"{region[..4]}00",
        var (place, _) when place.EndsWith("00", StringComparison.Ordinal) => region[..6],
        _ => region,
    };

    public static string Given(string name, string? value) => value is null ? "" : $"&{name}={value}";

    private static string? Maybe(string[] words, Random random) => random.Next(2) == 0 ? null : words[random.Next(words.Length)];
}

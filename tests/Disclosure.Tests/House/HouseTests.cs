using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Disclosure.Tests.House;

/// <summary>What the house is: who may see whom, and how large a room may grow. The length of functions is held by the analyzers.</summary>
public partial class HouseTests
{
    private const int MostLines = 250;
    private const int MostFiles = 20;
    private const int MostLinesOfProgram = 60;

    /// <summary>Each room of the core with the rooms it may see.</summary>
    private static readonly Dictionary<string, string[]> Core = new()
    {
        ["Canonical"] = [],
        ["Formats"] = [],
        ["Contents"] = ["Canonical", "Formats"],
        ["Prose"] = [],
        ["Rules"] = ["Formats", "Contents", "Agencies", "Prose"],
        ["Reports"] = ["Canonical", "Formats", "Contents", "Rules", "Compiling", "Prose"],
        ["Agencies"] = ["Canonical", "Contents"],
        ["Compiling"] = ["Canonical", "Formats", "Contents", "Agencies"],
        ["Documents"] = ["Formats", "Contents", "Prose"],
        ["Ledger"] = ["Canonical"],
        ["Statistics"] = ["Formats", "Contents", "Agencies"],
    };

    /// <summary>Each room of the shell with the rooms of the shell it may see. A feature never sees another feature.</summary>
    private static readonly Dictionary<string, string[]> Shell = new()
    {
        ["Http"] = [],
        ["Store"] = ["Http"],
        ["Access"] = ["Http", "Store"],
        ["Agencies"] = ["Http", "Store", "Access"],
        ["Reports"] = ["Http", "Store", "Access"],
        ["Documents"] = ["Http", "Store", "Access"],
        ["Rules"] = ["Http", "Store", "Access"],
        ["Audit"] = ["Http", "Store", "Access"],
        ["Ledger"] = ["Http", "Store", "Access"],
        ["Statistics"] = ["Http", "Store", "Access"],
        ["Bulk"] = ["Http", "Store", "Access"],
        ["Changes"] = ["Http", "Store", "Access"],
        ["Webhooks"] = ["Http", "Store", "Access"],
        ["Operations"] = ["Http", "Store", "Access", "Ledger", "Webhooks"],
        ["Searching"] = ["Http", "Store"],
        ["Generating"] = ["Store"],
        ["Contract"] = ["Http", "Store", "Access"],
    };

    [Fact]
    public void Rooms_of_the_core_see_only_those_below_them() => AssertArrows("Disclosure", Core);

    [Fact]
    public void Rooms_of_the_shell_see_only_those_below_them() => AssertArrows("DisclosureApi", Shell);

    [Fact]
    public void The_core_needs_no_package_and_knows_nothing_of_the_shell()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", "Disclosure", "Disclosure.csproj"));

        Assert.Empty(project.Descendants("PackageReference").Concat(project.Descendants("ProjectReference")).Concat(project.Descendants("FrameworkReference")));
        Assert.All(Sources("Disclosure"), file => Assert.DoesNotContain("DisclosureApi", File.ReadAllText(file)));
    }

    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    [InlineData(@"\bTimeProvider\b")]
    [InlineData(@"\bStopwatch\b")]
    [InlineData(@"\b(File|Directory|Console|Environment)\.")]
    [InlineData(@"\bHttpClient\b")]
    [InlineData(@"\basync\b")]
    public void The_core_has_no_clock_and_does_no_input_or_output(string forbidden) =>
        Assert.All(Sources("Disclosure"), file => Assert.DoesNotMatch(forbidden, File.ReadAllText(file)));

    [Fact]
    public void Files_and_folders_stay_small_enough_to_be_read()
    {
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories))
            .Where(file => !IsBuilt(file))
            .ToList();

        Assert.DoesNotContain(sources, file => File.ReadLines(file).Count() > MostLines);
        Assert.Empty(sources.GroupBy(Path.GetDirectoryName).Where(folder => folder.Count() > MostFiles).Select(folder => folder.Key));
        Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "src", "DisclosureApi", "Program.cs")).Count(), 1, MostLinesOfProgram);
    }

    /// <summary>
    /// A reader of rows belongs to its connection and serves whoever has that connection next: letting go of it a second
    /// time, after the connection went back to the others, ends what somebody else is reading.
    /// </summary>
    [Fact]
    public void Rows_are_let_go_of_once_by_the_block_that_opened_them() =>
        Assert.DoesNotContain(Sources("DisclosureApi"), file => LetGoByHand().IsMatch(File.ReadAllText(file)));

    private static void AssertArrows(string project, Dictionary<string, string[]> rooms)
    {
        var root = Path.Combine(Repository.Root, "src", project);
        var folders = Directory.GetDirectories(root).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj" or "Properties"));
        Assert.Equal(rooms.Keys.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        foreach (var (room, allowed) in rooms)
        {
            foreach (var file in Sources(Path.Combine(project, room)))
            {
                var seen = Reference().Matches(File.ReadAllText(file))
                    .Where(match => match.Groups["project"].Value == project)
                    .Select(match => match.Groups["room"].Value)
                    .Where(name => rooms.ContainsKey(name) && name != room && !allowed.Contains(name))
                    .Distinct();
                Assert.True(!seen.Any(), $"{Path.GetRelativePath(Repository.Root, file)} sees {string.Join(", ", seen)}.");
            }
        }
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.GetFiles(Path.Combine(Repository.Root, "src", folder), "*.cs", SearchOption.AllDirectories).Where(file => !IsBuilt(file));

    private static bool IsBuilt(string file) =>
        file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        || file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(?<project>Disclosure|DisclosureApi)\.(?<room>[A-Z]\w*)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"await using var (?<reader>\w+) = await [^;]*ExecuteReaderAsync.*\b\k<reader>\.(Close|Dispose)(Async)?\(", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LetGoByHand();
}

using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>Real published reports, which stand beside the repository and not in it.</summary>
public class SeedTests
{
    private static readonly Dictionary<string, (string Proactive, string Applications, string Disputes)> _forms = new(StringComparer.Ordinal)
    {
        ["000_776bc07f49bcfc1e"] = ("2021", "2021", "2021"),
        ["001_cc9cd4f8a2d4b62c"] = ("2021", "2021", "2021"),
        ["002_2897d85dfebffe02"] = ("2019", "2019", "2019"),
        ["003_64b6bf2fc080a2fe"] = ("2021", "2021", "2021"),
        ["004_c479c1e69f6e14a9"] = ("2021", "2019", "2021"),
    };

    [Fact]
    public void Every_cell_of_every_seed_is_read_and_nothing_else_stands_in_the_tables()
    {
        foreach (var (name, text, expected) in Seeds())
        {
            var filing = Reports.Read(text);
            Reports.AssertCells(Reports.Cells(expected.GetProperty("tables")), filing);
            Assert.Equal(expected.GetProperty("numericCells").GetInt32(), filing.Content.Cells.Count);
            Assert.Equal(expected.GetProperty("agency").GetString(), filing.AgencyName);
            Assert.Equal(expected.GetProperty("year").GetInt32(), filing.Year);
            Assert.Equal(_forms[name], (filing.Word("/forms/proactive")!, filing.Word("/forms/applications")!, filing.Word("/forms/disputes")!));
            Assert.All(filing.Readings.Values.Where(reading => reading.State != ReadingState.Absent), reading => Assert.Equal(ReadingState.Sure, reading.State));
        }
    }

    [Fact]
    public void Every_seed_has_all_six_sections()
    {
        foreach (var (_, text, _) in Seeds())
        {
            var filing = Reports.Read(text);
            Assert.All(Sections.All.Where(section => section.Heading is not null), section => Assert.NotNull(filing.Content.Section(section.Key)));
            Assert.All(KnownFormats.TableKeys, table => Assert.Equal("", filing.Content.Section(table)));
        }
    }

    [Fact]
    public void Not_a_character_of_a_seed_is_lost_or_doubled()
    {
        foreach (var (_, text, _) in Seeds())
        {
            Characters.AssertAllKept(text, Reports.Read(text));
        }
    }

    private static IEnumerable<(string Name, string Text, JsonElement Expected)> Seeds()
    {
        var seeds = Repository.Shared("seeds");
        foreach (var file in Directory.GetFiles(seeds, "*.txt").Order(StringComparer.Ordinal))
        {
            using var expected = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, ".expected.json")));
            yield return (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file), expected.RootElement.Clone());
        }
    }
}

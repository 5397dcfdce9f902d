using System.Text.Json;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>Two real reports with figures that are not zero, as the lines and as the pieces of their PDFs. They stand beside the repository and not in it.</summary>
public class RealReportTests
{
    /// <summary>The share of cells that must be sure where the document parts its numbers.</summary>
    private const double EnoughSure = 0.98;

    [Theory]
    [InlineData("lines")]
    [InlineData("pieces")]
    public void Nearly_every_cell_is_sure_and_none_is_wrong(string layout)
    {
        foreach (var (name, expected) in Expected())
        {
            var filing = Reports.Read(File.ReadAllText(Path.Combine(Repository.Shared("real"), $"{name}.{layout}.txt")));

            Assert.All(filing.Content.Cells, cell => Assert.True(expected.Cells.TryGetValue(cell.Key, out var value) && value == cell.Value, $"{name}.{layout} {cell.Key}: {cell.Value}"));
            var missing = expected.Cells.Keys.Where(cell => filing.Content.Cell(cell) is null).ToList();
            Assert.True(missing.Count <= (1 - EnoughSure) * expected.Cells.Count, $"{name}.{layout}: {missing.Count} of {expected.Cells.Count} not sure: {string.Join(' ', missing.Take(20))}");
            Assert.EndsWith(filing.AgencyName!, expected.Agency, StringComparison.Ordinal);
            Assert.Equal(expected.Year, filing.Year);
            Assert.All(Sections.All.Where(section => section.Heading is not null), section => Assert.NotNull(filing.Content.Section(section.Key)));
        }
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("pieces")]
    public void Only_prose_stands_in_the_sections_beside_the_tables(string layout)
    {
        foreach (var (name, _) in Expected())
        {
            var filing = Reports.Read(File.ReadAllText(Path.Combine(Repository.Shared("real"), $"{name}.{layout}.txt")));
            Assert.All(KnownFormats.TableKeys, table => Assert.Equal("", filing.Content.Section(table)));
        }
    }

    private static IEnumerable<(string Name, (Dictionary<CellAddress, decimal> Cells, string Agency, int Year) Expected)> Expected()
    {
        foreach (var file in Directory.GetFiles(Repository.Shared("real"), "*.expected.json").Order(StringComparer.Ordinal))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            var root = json.RootElement;
            yield return (Path.GetFileName(file).Replace(".expected.json", "", StringComparison.Ordinal),
                (Reports.Cells(root.GetProperty("tables")), root.GetProperty("agency").GetString()!, root.GetProperty("year").GetInt32()));
        }
    }
}

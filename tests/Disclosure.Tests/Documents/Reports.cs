using System.Text;
using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>What the tests of this room share: reading, fixtures, and looking at what was read.</summary>
internal static class Reports
{
    public static Filing Read(string text) => Assert.IsType<ReadResult.Report>(ReportReader.Read(PlainText.Read(text))).Filing;

    public static Filing ReadFixture(string name) => Read(Fixture(name));

    public static string Fixture(string name)
    {
        using var stream = typeof(Reports).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static decimal? Cell(this Filing filing, string path) => filing.Content.Cell(CellAddress.Parse($"/tables/{path}")!.Value);

    public static Reading Reading(this Filing filing, string path) => filing.Readings[$"/tables/{path}"];

    public static string? Word(this Filing filing, string path) => filing.Content.Word(path);

    public static IEnumerable<string> Codes(this Filing filing) => filing.Notes.Select(note => note.Code);

    /// <summary>The cells of a JSON object table → row → column → number.</summary>
    public static Dictionary<CellAddress, decimal> Cells(JsonElement tables) =>
        tables.EnumerateObject()
            .SelectMany(table => table.Value.EnumerateObject().SelectMany(row => row.Value.EnumerateObject()
                .Select(column => (Address: new CellAddress(table.Name, row.Name, column.Name), Value: column.Value.GetDecimal()))))
            .ToDictionary(cell => cell.Address, cell => cell.Value);

    public static void AssertCells(IReadOnlyDictionary<CellAddress, decimal> expected, Filing filing) =>
        Assert.Equal(expected.Select(Line).Order(StringComparer.Ordinal), filing.Content.Cells.Select(Line).Order(StringComparer.Ordinal));

    private static string Line(KeyValuePair<CellAddress, decimal> cell) => $"{cell.Key} = {cell.Value}";
}

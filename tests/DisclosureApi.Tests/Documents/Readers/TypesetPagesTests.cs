using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Documents.Writing;
using Disclosure.Formats;
using DisclosureApi.Documents.Readers;

namespace DisclosureApi.Tests.Documents.Readers;

/// <summary>Reports as PDFs have them, where nothing tells rows and columns but the places of words on the page.</summary>
public class TypesetPagesTests(ITestOutputHelper output)
{
    private const int Year = 2024;

    /// <param name="zeros">How many of the zeros are printed. Where none is, a page that the table goes on to may show nothing of its columns.</param>
    /// <param name="least">How many of the numbers are sure.</param>
    [Theory]
    [InlineData(1, 0.99)]
    [InlineData(0.5, 0.97)]
    [InlineData(0, 0.9)]
    public void Numbers_are_read_by_their_places_and_none_wrongly_whatever_cells_are_blank(double zeros, double least)
    {
        var wrong = new List<string>();
        var (numbers, sure) = (0, 0);
        for (var i = 0; i < Scale.RoundTrips && wrong.Count < 20; i++)
        {
            var random = new Random(Scale.Seed + i);
            var content = Content(random);
            var printed = content.Cells.Keys.Where(at => content.Cell(at) == 0 && random.NextDouble() >= zeros).Aggregate(content, (so, at) => so.Without(at));
            var pages = new TypesetPages(random);
            var document = ReportWriter.Document(printed, null, Year);

            var filing = Assert.IsType<ReadResult.Report>(ReportReader.Read(PdfLines.Of(pages.Of(document)))).Filing;

            wrong.AddRange(filing.Content.Cells.Where(cell => printed.Cell(cell.Key) != cell.Value).Select(cell => $"seed {Scale.Seed + i}, {cell.Key}: {printed.Cell(cell.Key)} -> {cell.Value}"));
            numbers += pages.IsEven ? printed.Cells.Count : 0;
            sure += pages.IsEven ? filing.Content.Cells.Count : 0;
        }
        output.WriteLine($"{Scale.RoundTrips} reports from seed {Scale.Seed}: {sure:N0} of {numbers:N0} numbers sure");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(sure >= least * numbers, $"{sure} of {numbers} numbers are sure.");
    }

    /// <summary>Numbers of all sizes, many of them zero, whose sums hold.</summary>
    private static ReportContent Content(Random random)
    {
        var content = ReportContent.Empty.With("/title", $"云州市桂山区财政局{Year}年政府信息公开工作年度报告")
            .With("/sections/overview", string.Concat(Enumerable.Repeat("全年主动公开政府信息，办理政府信息公开申请。", random.Next(1, 30))));
        foreach (var table in KnownFormats.ForYear(Year)!.Tables)
        {
            content = content.With($"/forms/{table.Key}", "2021").With($"/sections/{table.Key}", "");
            foreach (var cell in table.Cells)
            {
                var number = cell.Column.SumOf.Count > 0 ? cell.Column.SumOf.Sum(key => content.Cell(cell.Address with { Column = key })!.Value)
                    : random.NextDouble() < 0.7 ? 0
                    : cell.Column.Decimals > 0 ? random.Next(1, 1_000_000) / 100m : random.Next(1, (int)Math.Pow(10, random.Next(1, 5)));
                content = content.With(cell.Address, number);
            }
        }
        return content.With("/sections/problems", "公开的深度有待加强。").With("/sections/otherMatters", "无其他需要报告的事项。");
    }
}

using Disclosure.Documents;

namespace Disclosure.Tests.Documents.Damage;

/// <summary>However a document was hurt: a number that is told as sure is the number that was printed in that cell.</summary>
public class DamageTests(ITestOutputHelper output)
{
    private const int First = 1;

    public static TheoryData<string> Layouts => [.. DamagedText.Layouts];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_sure_number_is_never_wrong(string layout)
    {
        var (wrong, sure, count) = (new List<string>(), 0, Cases.Of(60));
        for (var seed = First; seed < First + count; seed++)
        {
            sure += Read(new DamagedText(seed, layout), wrong);
        }
        output.WriteLine($"{count} documents, {sure / count} sure numbers in each");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}\n{string.Join('\n', wrong)}");
    }

    /// <summary>Too rare to be met in a few seconds: a stranger's number in a blank cell, one twice before a blank total, a header in two, a cell lost beside a blank one, a number more where empty lines are blank cells.</summary>
    [Theory]
    [InlineData("cells", 2797)]
    [InlineData("cells", 1762)]
    [InlineData("pieces", 1018)]
    [InlineData("pieces", 12249)]
    [InlineData("tabs", 6031)]
    [InlineData("tabs", 7355)]
    [InlineData("cells", 6136)]
    [InlineData("cells", 6184)]
    [InlineData("pieces", 20351)]
    [InlineData("pieces", 21938)]
    public void Nor_is_it_where_everything_else_is_in_its_place(string layout, int seed)
    {
        var wrong = new List<string>();
        Read(new DamagedText(seed, layout), wrong);
        Assert.Empty(wrong);
    }

    /// <summary>How many numbers are told as sure; notes the document if one of them is wrong.</summary>
    private static int Read(DamagedText text, List<string> wrong)
    {
        if (ReportReader.Read(PlainText.Read(text.Text)) is not ReadResult.Report { Filing.Content: var content })
        {
            return 0;
        }
        var told = content.Cells.Where(cell => !text.Numbers.TryGetValue(cell.Key, out var number) || number != cell.Value).Select(cell => $"{cell.Key}: {cell.Value} for {text.Numbers.GetValueOrDefault(cell.Key)}").ToList();
        if (told.Count > 0)
        {
            wrong.Add($"{text.Layout} {text.Seed} ({text.Form}, {text.Damage}): {told.Count}: {string.Join("; ", told.Take(3))}");
        }
        return content.Cells.Count;
    }
}

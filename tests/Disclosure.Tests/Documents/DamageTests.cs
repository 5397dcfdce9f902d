using Disclosure.Documents;

namespace Disclosure.Tests.Documents;

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
            var text = new DamagedText(seed, layout);
            if (ReportReader.Read(PlainText.Read(text.Text)) is ReadResult.Report { Filing.Content: var content })
            {
                sure += content.Cells.Count;
                var told = content.Cells.Where(cell => !text.Numbers.TryGetValue(cell.Key, out var number) || number != cell.Value).Select(cell => $"{cell.Key}: {cell.Value} for {text.Numbers.GetValueOrDefault(cell.Key)}").ToList();
                if (told.Count > 0)
                {
                    wrong.Add($"{layout} {seed} ({text.Form}, {text.Damage}): {told.Count}: {string.Join("; ", told.Take(3))}");
                }
            }
        }
        output.WriteLine($"{count} documents, {sure / count} sure numbers in each");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}\n{string.Join('\n', wrong)}");
    }
}

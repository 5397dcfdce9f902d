using Disclosure.Formats;
using Disclosure.Rules;
using Disclosure.Rules.Examples;

namespace Disclosure.Tests.Rules;

/// <summary>A draft that is saved again and again is judged as if it had never been judged before, however little of it is looked at anew.</summary>
public class WordingTests
{
    private static readonly Example[] _examples = [.. RuleBook.Rules.SelectMany(rule => rule.AlsoBreaks.Prepend(rule.Breaks).Append(rule.Holds))];

    /// <summary>What is known around a report is changed with it, by whole examples.</summary>
    private static readonly ExampleChange[] _changes =
        [.. _examples.SelectMany(example => example.Changes).Where(change => !change.Path.StartsWith("/surroundings", StringComparison.Ordinal))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_was_seen_in_words_before_changes_no_finding_later(int seed)
    {
        var random = new Random(seed);
        var input = Example.Clean.Input();
        var (wording, kept) = (input.Wording, 0);
        for (var step = 0; step < 400; step++)
        {
            // Numbers change most often, as they do while somebody fills in a form.
            input = random.Next(20) switch
            {
                0 => _examples[random.Next(_examples.Length)].Input(),
                < 6 => _changes[random.Next(_changes.Length)].Apply(input),
                _ => new ExampleChange(Cell(random).Pointer, $"{random.Next(100)}").Apply(input),
            };
            var again = new RuleInput(input.Year, input.Filing, input.Surroundings, wording);
            kept += ReferenceEquals(again.Wording, wording) ? 1 : 0;
            wording = again.Wording;

            Assert.Equal(Told(input), Told(again));
        }
        Assert.InRange(kept, 100, 399);
    }

    [Fact]
    public void Words_are_gone_on_from_while_only_numbers_and_surroundings_change()
    {
        var before = Example.Clean.Input();
        var number = before.Filing with { Content = before.Content.With(new CellAddress("disputes", "litigation", "total"), 7) };
        var word = before.Filing with { Content = before.Content.With("/title", "另一个标题") };

        Assert.Same(before.Wording, new RuleInput(before.Year, number, Surroundings.Unknown, before.Wording).Wording);
        Assert.NotSame(before.Wording, new RuleInput(before.Year, word, before.Surroundings, before.Wording).Wording);
        Assert.NotSame(before.Wording, new RuleInput(before.Year, before.Filing with { AgencyName = "另一机关" }, before.Surroundings, before.Wording).Wording);
        Assert.NotSame(before.Wording, new RuleInput(before.Year - 1, before.Filing, before.Surroundings, before.Wording).Wording);
    }

    private static CellAddress Cell(Random random) =>
        Format2021.Value.Tables.SelectMany(table => table.Cells).ElementAt(random.Next(Format2021.Value.NumericCells)).Address;

    private static string Told(RuleInput input) => AssessmentJson.Text(RuleBook.Assess(input));
}

namespace Disclosure.Prose;

/// <summary>A section's prose and what is seen in it. Each is worked out once, when it is first asked for.</summary>
public sealed class Passage(string section, string printed)
{
    public string Section { get; } = section;

    public FoldedText Folded { get; } = FoldedText.Of(printed);

    public string Text => Folded.Text;

    public IReadOnlyList<Sentence> Sentences => field ??= Sentence.In(Text);

    public IReadOnlyList<Quantity> Quantities => field ??= Quantity.In(Text);

    public IReadOnlyList<DocumentNumber> Numbers => field ??= DocumentNumber.In(Text);

    public IReadOnlyList<Citation> Citations => field ??= Citation.In(Text, Numbers);

    public bool Has(string word) => Text.Contains(word, StringComparison.Ordinal);

    /// <summary>The sentence that holds this place.</summary>
    public Sentence SentenceAt(int at)
    {
        var (low, high) = (0, Sentences.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Sentences[middle].To <= at ? (middle + 1, high) : (low, middle);
        }
        return Sentences[low];
    }

    /// <summary>The quantities that stand in a sentence.</summary>
    public IEnumerable<Quantity> QuantitiesIn(Sentence sentence)
    {
        var (low, high) = (0, Quantities.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Quantities[middle].From < sentence.From ? (middle + 1, high) : (low, middle);
        }
        for (; low < Quantities.Count && Quantities[low].To <= sentence.To; low++)
        {
            yield return Quantities[low];
        }
    }

    public ReadOnlySpan<char> Span(int from, int to) => Text.AsSpan(Math.Max(0, from), Math.Max(0, Math.Min(to, Text.Length) - Math.Max(0, from)));
}

using System.Text.Json;
using DisclosureApi.Access;

namespace DisclosureApi.Reports.Redaction;

/// <summary>What a redactor asks for.</summary>
/// <param name="Words">What must go, letter for letter.</param>
/// <param name="Basis">The provision that orders it.</param>
internal sealed record RedactionOrder(IReadOnlyList<string> Words, string Basis, string Reason)
{
    private const int MostWords = 20;
    private const int ShortestWord = 2;

    /// <summary>The id of somebody who is to be nobody; null where none is.</summary>
    public string? Person { get; init; }

    public static RedactionOrder Of(StepBody body)
    {
        var order = new RedactionOrder(body.Member("person") is not null && body.Member("words") is null ? [] : WordsOf(body), body.RequiredText("basis"), body.RequiredText("reason"));
        foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[("basis", order.Basis), ("reason", order.Reason)])
        {
            if (order.Words.Any(word => text.Contains(word, StringComparison.Ordinal)))
            {
                body.Walk.Add($"/{name}", "不得重复要删去的文字", "It must not repeat the words that are to go.");
            }
        }
        return order;
    }

    private static List<string> WordsOf(StepBody body)
    {
        var words = new List<string>();
        if (body.Member("words") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is < 1 or > MostWords)
        {
            body.Walk.Wrong("/words", $"1至{MostWords}项的列表", $"a list of 1 to {MostWords} items");
            return words;
        }
        foreach (var (item, i) in list.EnumerateArray().Select((item, i) => (item, i)))
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: >= ShortestWord and <= StepBody.MaxText } word && !string.IsNullOrWhiteSpace(word))
            {
                words.Add(word);
            }
            else
            {
                body.Walk.Wrong($"/words/{i}", $"{ShortestWord}至{StepBody.MaxText}个字的文本", $"a text of {ShortestWord} to {StepBody.MaxText} characters");
            }
        }
        // A longer word that holds a shorter one goes first, so that nothing of it is left.
        return [.. words.OrderByDescending(word => word.Length)];
    }
}

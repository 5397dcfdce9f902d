using System.Text;
using Disclosure.Documents.Layouts;

namespace Disclosure.Documents;

/// <summary>Reads text/markdown: plain text with signs for headings, emphasis and quotes, which are taken off. Lines and columns stay those of the document.</summary>
public static class MarkdownText
{
    public static SourceText Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = new StringBuilder(text.Length);
        foreach (var line in text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'))
        {
            bare.Append(PipeRows.Is(line) ? line : Bare(line)).Append('\n');
        }
        return PlainText.Read(bare.ToString());
    }

    private static string Bare(string line)
    {
        var start = line.TrimStart(' ');
        var words = start.TrimStart('#', '>').Length is var left && left < start.Length && (left == 0 || start[^left] == ' ') ? start[^left..].Trim() : line;
        var emphasised = words.Trim();
        words = emphasised.StartsWith("**", StringComparison.Ordinal) || emphasised.Contains("**", StringComparison.Ordinal) ? words.Replace("**", "", StringComparison.Ordinal) : words;
        return words.Replace("\\.", ".", StringComparison.Ordinal).Replace("\\-", "-", StringComparison.Ordinal);
    }
}

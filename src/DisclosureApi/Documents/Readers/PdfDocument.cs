using System.Globalization;
using Disclosure.Documents;
using DisclosureApi.Http;

namespace DisclosureApi.Documents.Readers;

/// <summary>A word of a page and the box it stands in, in points from the upper left corner.</summary>
internal readonly record struct PdfWord(int Page, double Left, double Top, double Width, double Height, string Text)
{
    private const double HighestBox = 1.2;

    /// <summary>Before it stand the letters of alphabets.</summary>
    private const char FirstWide = '\u2E80';

    public double Right => Left + Width;

    public double Middle => Top + (Height / 2);

    /// <summary>The size of its letters. Its box may be two and a half times as high, by what a font says of itself, and its width tells better: a Chinese character is as wide as it is high, others are half as wide.</summary>
    public double Size { get; } = Math.Min(Height, HighestBox * Width / Text.Sum(c => c < FirstWide ? 0.5 : 1));

    /// <summary>Whether the two share more of the width of the page than words of one line may.</summary>
    public bool IsAboveOrBelow(PdfWord other) => Math.Min(Right, other.Right) - Math.Max(Left, other.Left) > Math.Min(Width, other.Width) / 2;

    public bool IsNumber => Text.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or '/');
}

/// <summary>Reads application/pdf: the words with their places become the lines of the pages, and what stands apart on a line becomes cells.</summary>
internal static class PdfDocument
{
    private const int MostWords = 200_000;

    public static async Task<SourceText> ReadAsync(PdfTool tool, byte[] bytes, CancellationToken cancellation)
    {
        if (!bytes.AsSpan(0, Math.Min(bytes.Length, 1024)).ContainsPdfMark())
        {
            throw UnreadableDocument.Because("文件不是PDF", "The file is no PDF.");
        }
        var words = Words(await tool.WordsAsync(bytes, cancellation)).Take(MostWords + 1).ToList();
        if (words.Count == 0)
        {
            throw UnreadableDocument.Because("PDF中没有文字，可能是扫描件", "The PDF holds no text; it may be a scan.");
        }
        return words.Count <= MostWords && words[^1].Page <= PdfTool.MostPages
            ? PdfLines.Of(words)
            : throw UnreadableDocument.Because($"PDF超过{PdfTool.MostPages}页或文字过多", $"The PDF has more than {PdfTool.MostPages} pages or too many words.");
    }

    /// <summary>The lines of level 5 are words: level, page, three numbers of blocks, word, left, top, width, height, confidence, text.</summary>
    private static IEnumerable<PdfWord> Words(string tsv)
    {
        foreach (var line in tsv.Split('\n').Where(line => line.StartsWith("5\t", StringComparison.Ordinal)))
        {
            var parts = line.Split('\t', 12);
            if (parts is ["5", var page, _, _, _, _, var left, var top, var width, var height, _, var text] && !string.IsNullOrWhiteSpace(text))
            {
                yield return new PdfWord(int.Parse(page, CultureInfo.InvariantCulture), Points(left), Points(top), Points(width), Points(height), Written(text));
            }
        }
    }

    private static double Points(string printed) => double.TryParse(printed, CultureInfo.InvariantCulture, out var points) && double.IsFinite(points) ? points : 0;

    /// <summary>Control characters come from fonts that name their letters wrongly; they are no writing.</summary>
    private static string Written(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;

    private static bool ContainsPdfMark(this ReadOnlySpan<byte> start) => start.IndexOf("%PDF-"u8) >= 0;

    private static bool ContainsPdfMark(this Span<byte> start) => ((ReadOnlySpan<byte>)start).ContainsPdfMark();
}

using System.Text;
using System.Text.RegularExpressions;
using DisclosureApi.Http;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Turns bytes into text by what they say of themselves: a byte order mark, the charset of the media type, a page's own meta
/// element, else UTF-8. What does not decode is refused; replacement characters would be somebody's lost words.
/// </summary>
internal static partial class TextBytes
{
    /// <summary>Where a page may declare its encoding (HTML, section 4.2.5.4).</summary>
    private const int MetaWithin = 1024;

    private static readonly (byte[] Mark, string Name)[] _marks =
    [
        ([0xEF, 0xBB, 0xBF], "utf-8"), ([0xFF, 0xFE], "utf-16le"), ([0xFE, 0xFF], "utf-16be"), ([0x84, 0x31, 0x95, 0x33], "gb18030"),
    ];

    static TextBytes() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(DocumentBytes document) => Decode(document, document.Charset);

    public static string DecodeHtml(DocumentBytes document) => Decode(document, document.Charset ?? Declared(document.Bytes));

    private static string Decode(DocumentBytes document, string? charset)
    {
        var (mark, name) = _marks.FirstOrDefault(known => document.Bytes.AsSpan().StartsWith(known.Mark));
        var encoding = Known(name ?? charset ?? "utf-8");
        try
        {
            var text = encoding.GetString(document.Bytes.AsSpan(mark?.Length ?? 0));
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw UnreadableDocument.Because("文档含有空字符（U+0000）", "The document contains U+0000.")
                : text;
        }
        catch (DecoderFallbackException fault)
        {
            throw UnreadableDocument.Because(
                $"第{fault.Index + 1}字节起不是有效的{encoding.WebName}文本；请用charset注明编码",
                $"From byte {fault.Index + 1} on this is no valid {encoding.WebName} text; name its encoding with charset.");
        }
    }

    /// <summary>GB2312 and GBK are parts of GB18030, and what is labelled so is often more.</summary>
    private static Encoding Known(string charset) => Encoding.GetEncoding(
        charset switch
        {
            "gbk" or "gb2312" => "gb18030",
            "utf-16" => "utf-16le",
            _ => charset,
        },
        EncoderFallback.ExceptionFallback,
        DecoderFallback.ExceptionFallback);

    private static string? Declared(byte[] page)
    {
        var start = Encoding.Latin1.GetString(page.AsSpan(0, Math.Min(page.Length, MetaWithin)));
        var named = Meta().Match(start) is { Success: true } match ? match.Groups["charset"].Value.ToLowerInvariant() : null;
        return named is null or "utf-8" or "utf8" ? null
            : named is "gbk" or "gb2312" or "gb18030" ? named
            : throw UnreadableDocument.Because($"网页声明的编码{named}不受支持", $"The page declares the encoding {named}, which is not read here.");
    }

    [GeneratedRegex("""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}(?<charset>[A-Za-z0-9_-]{1,20})""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Meta();
}

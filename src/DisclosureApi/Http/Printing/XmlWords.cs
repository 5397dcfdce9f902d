using System.Text;
using System.Xml;

namespace DisclosureApi.Http.Printing;

/// <summary>Text as XML may hold it. People paste signs that no XML has, such as the vertical tab that Word breaks lines with.</summary>
internal static class XmlWords
{
    /// <summary>The same text with a blank for each sign that XML has not. Signs of two UTF-16 units, which rare characters of names are, stay.</summary>
    public static string Of(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
        {
            return text;
        }
        var written = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            written.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? new Rune(' ') : rune);
        }
        return written.ToString();
    }
}

using System.Globalization;
using System.Xml;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// The numbers that Word prints before paragraphs and does not store in them: 一、 before a heading is often no text at all.
/// Only the kinds that reports use are printed: Chinese numerals and digits. A level of another kind has no number here.
/// </summary>
internal sealed class WordNumbering
{
    private const string Numerals = "〇一二三四五六七八九";

    /// <summary>A list has no more levels than these (ISO/IEC 29500-1, section 17.9.6).</summary>
    private const int Levels = 9;

    private sealed record Kind(string Text, string Format, int Start);

    private readonly Dictionary<(int List, int Level), Kind> _levels = [];
    private readonly Dictionary<int, int> _lists = [];
    private readonly Dictionary<string, (int List, int Level)> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<(int List, int Level), int> _counts = [];
    /// <summary>Where a list that counts on from another begins anew, until it has.</summary>
    private readonly Dictionary<(int List, int Level), int> _restarts = [];
    private int? _list;

    /// <summary>The level that the paragraph names.</summary>
    public int? Level { get; set; }

    public string? Style { get; set; }

    private WordNumbering()
    {
    }

    public static WordNumbering Read(XmlReader? numbering, XmlReader? styles)
    {
        var read = new WordNumbering();
        if (numbering is not null)
        {
            read.ReadLists(numbering);
        }
        if (styles is not null)
        {
            read.ReadStyles(styles);
        }
        return read;
    }

    /// <summary>The paragraph belongs to a list.</summary>
    public void Use(int list) => _list = list;

    /// <summary>The number to print before the paragraph that begins; empty when it has none or printed it already.</summary>
    public string Take()
    {
        var styled = Style is not null && _styles.TryGetValue(Style, out var own) ? own : ((int List, int Level)?)null;
        var (list, level) = (_list ?? styled?.List, Level ?? styled?.Level ?? 0);
        EndParagraph();
        if (list is not { } id || !_lists.TryGetValue(id, out var kind) || !_levels.TryGetValue((kind, level), out var printed))
        {
            return "";
        }
        for (var deeper = Math.Max(level, -1) + 1; deeper < Levels; deeper++)
        {
            _counts.Remove((kind, deeper));
        }
        _counts[(kind, level)] = _restarts.Remove((id, level), out var restart) ? restart : _counts.TryGetValue((kind, level), out var count) ? count + 1 : printed.Start;
        return Printed(kind, printed.Text);
    }

    public void EndParagraph() => (_list, Level, Style) = (null, null, null);

    /// <summary>%1 stands for the number of the first level, %2 for that of the second.</summary>
    private string Printed(int kind, string text)
    {
        for (var level = 0; level < Levels && text.Contains('%', StringComparison.Ordinal); level++)
        {
            if (!text.Contains($"%{level + 1}", StringComparison.Ordinal))
            {
                continue;
            }
            if (!_levels.TryGetValue((kind, level), out var own) || Number(_counts.GetValueOrDefault((kind, level), own.Start), own.Format) is not { } number)
            {
                return "";
            }
            text = text.Replace($"%{level + 1}", number, StringComparison.Ordinal);
        }
        return text.Any(c => char.IsLetterOrDigit(c)) ? text : "";
    }

    private static string? Number(int number, string format) => format switch
    {
        "decimal" or "decimalFullWidth" => number.ToString(CultureInfo.InvariantCulture),
        "chineseCounting" or "chineseCountingThousand" or "japaneseCounting" or "taiwaneseCounting" or "taiwaneseCountingThousand" or "ideographDigital"
            when number is > 0 and < 100 => Chinese(number),
        _ => null,
    };

    private static string Chinese(int number) =>
        (number < 10 ? "" : number < 20 ? "十" : $"{Numerals[number / 10]}十") + (number % 10 == 0 ? "" : Numerals[number % 10]);

    private void ReadLists(XmlReader xml)
    {
        var (kind, list, level) = (-1, -1, -1);
        var (text, format, start) = ("", "decimal", 1);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "lvl")
            {
                _levels.TryAdd((kind, level), new Kind(text, format, start));
                continue;
            }
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }
            switch (xml.LocalName)
            {
                case "abstractNum": kind = Attribute(xml, "abstractNumId"); break;
                case "num": (list, kind) = (Attribute(xml, "numId"), int.MinValue); break;
                case "lvlOverride": level = Attribute(xml, "ilvl"); break;
                case "startOverride": _restarts[(list, level)] = Attribute(xml, "val"); break;
                case "abstractNumId": _lists[list] = Attribute(xml, "val"); break;
                case "lvl": (level, text, format, start) = (Attribute(xml, "ilvl"), "", "decimal", 1); break;
                case "lvlText": text = xml.GetAttribute("val", xml.NamespaceURI) ?? ""; break;
                case "numFmt": format = xml.GetAttribute("val", xml.NamespaceURI) ?? ""; break;
                case "start": start = Attribute(xml, "val"); break;
                default: break;
            }
        }
    }

    private void ReadStyles(XmlReader xml)
    {
        string? style = null;
        var (list, level) = (-1, 0);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "style" && style is not null && list > 0)
            {
                _styles[style] = (list, level);
            }
            else if (xml.NodeType == XmlNodeType.Element)
            {
                (style, list, level) = xml.LocalName switch
                {
                    "style" => (xml.GetAttribute("styleId", xml.NamespaceURI), -1, 0),
                    "numId" => (style, Attribute(xml, "val"), level),
                    "ilvl" => (style, list, Attribute(xml, "val")),
                    _ => (style, list, level),
                };
            }
        }
    }

    private static int Attribute(XmlReader xml, string name) =>
        int.TryParse(xml.GetAttribute(name, xml.NamespaceURI), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : -1;
}

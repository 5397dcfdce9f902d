using System.Xml;

namespace DisclosureApi.Documents.Readers;

/// <summary>What a Word file hides or strikes out: by the styles of its runs and paragraphs, and by what a run says itself, which weighs more.</summary>
internal sealed class WordHiding
{
    /// <summary>Styles that are based on others are followed so far; no real style is deeper.</summary>
    private const int Deepest = 20;

    private readonly Dictionary<string, (string? Base, Dictionary<string, bool> Own)> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _ofParagraph = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _ofRun = new(StringComparer.Ordinal);

    /// <summary>Whether the run is not shown, or shown as struck out.</summary>
    public bool IsUnseen => _ofRun.ContainsValue(true);

    public static WordHiding Read(XmlReader? styles)
    {
        var hiding = new WordHiding();
        var (id, own) = ("", new Dictionary<string, bool>(StringComparer.Ordinal));
        while (styles?.Read() == true)
        {
            if (styles is { NodeType: XmlNodeType.Element, LocalName: "style" })
            {
                (id, own) = (styles.GetAttribute("styleId", styles.NamespaceURI) ?? "", new(StringComparer.Ordinal));
                hiding._styles[id] = (null, own);
            }
            else if (styles is { NodeType: XmlNodeType.Element, LocalName: "basedOn" })
            {
                hiding._styles[id] = (styles.GetAttribute("val", styles.NamespaceURI), own);
            }
            else if (styles.NodeType == XmlNodeType.Element && Hides(styles) is { } hides)
            {
                own[styles.LocalName] = hides;
            }
        }
        return hiding;
    }

    /// <summary>What the element where the reader stands says of hiding; null when it is about something else.</summary>
    public static bool? Hides(XmlReader xml) => xml.LocalName is "strike" or "dstrike" or "vanish"
        ? xml.GetAttribute("val", xml.NamespaceURI) is not ("0" or "false" or "off" or "none")
        : null;

    public void BeginParagraph() => _ofParagraph.Clear();

    public void BeginRun()
    {
        _ofRun.Clear();
        Take(_ofParagraph, _ofRun);
    }

    public void UseOfParagraph(string? style) => Use(style, _ofParagraph);

    public void UseOfRun(string? style) => Use(style, _ofRun);

    public void Say(string property, bool hides) => _ofRun[property] = hides;

    private void Use(string? style, Dictionary<string, bool> said)
    {
        var lineage = new Stack<Dictionary<string, bool>>();
        for (var depth = 0; depth < Deepest && style is not null && _styles.TryGetValue(style, out var known); depth++)
        {
            lineage.Push(known.Own);
            style = known.Base;
        }
        while (lineage.TryPop(out var own))
        {
            Take(own, said);
        }
    }

    private static void Take(Dictionary<string, bool> from, Dictionary<string, bool> said)
    {
        foreach (var (property, hides) in from)
        {
            said[property] = hides;
        }
    }
}

using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using Disclosure.Documents;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Reads text/html. Nothing is fetched and nothing is run. The tree is walked without recursion, because pages come from
/// outside and may be nested as deep as somebody likes.
/// </summary>
internal sealed class HtmlDocument
{
    private static readonly HtmlParserOptions _options = new() { IsScripting = false, ShouldEmitAttribute = IsRead };

    /// <summary>The parser compares the attributes of an element with each other, so that it must not see hundreds of thousands.</summary>
    private const int MostAttributes = 12;

    private static readonly string[] _attributes = ["colspan", "rowspan", "hidden", "style", "class", "id", "type", "value"];

    private const int LongestHeading = 200;

    /// <summary>What a page holds and does not show, or shows as struck out.</summary>
    private static readonly HashSet<string> _unseen = new(StringComparer.Ordinal)
    {
        "head", "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "select", "button", "textarea", "audio", "video", "canvas",
        "del", "s", "strike",
    };

    /// <summary>The kinds of fields of a form that show their value.</summary>
    private static readonly HashSet<string> _filledIn = new(StringComparer.OrdinalIgnoreCase) { "text", "number", "tel", "" };

    private static readonly HashSet<string> _inline = new(StringComparer.Ordinal)
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "samp",
        "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input", "nobr", "o:p", "st1:chsdate",
    };

    private readonly PrintedLines _lines = new();
    private readonly HtmlTables _tables;
    private readonly HtmlStyles _styles;
    private int _typed;

    /// <summary>Of what stands above or below the line, whether it stands above.</summary>
    private readonly Stack<bool> _raised = new();
    private string _heading = "";

    private HtmlDocument(HtmlTables tables, HtmlStyles styles) => (_tables, _styles) = (tables, styles);

    public static SourceText Read(string html)
    {
        HtmlLimits.Require(html);
        using var page = new HtmlParser(_options with { OnCreated = new HtmlLimits().RequireShallow }).ParseDocument(html);
        var root = page.Body ?? page.DocumentElement;
        var reading = new HtmlDocument(HtmlTables.Of(root), HtmlStyles.Of(page));
        HtmlWalk.Through(root, reading.Enter, reading.Leave);
        return reading._lines.Finish();
    }

    /// <summary>Whether to go inside.</summary>
    private bool Enter(INode node)
    {
        if (node is IText text)
        {
            _lines.Write(_raised.Count > 0 ? RaisedDigits.Of(text.Data, _raised.Peek()) : text.Data, _typed > 0);
            return false;
        }
        if (node is not IElement element || _unseen.Contains(element.LocalName) || _styles.Hides(element))
        {
            return false;
        }
        if (element.LocalName is "br" or "hr" or "input")
        {
            WriteBare(element);
            return false;
        }
        if (element.LocalName is "h1" or "h2" or "h3" or "h4" or "h5" or "h6")
        {
            _heading = Heading(element) ?? "";
        }
        else if (element.LocalName is "caption" && Heading(element) is { } caption && _heading.EndsWith(caption, StringComparison.Ordinal))
        {
            // A caption that repeats the heading above it is there for those who hear the page, and says nothing new.
            return false;
        }
        _typed += element.LocalName is "pre" ? 1 : 0;
        if (element.LocalName is "sup" or "sub")
        {
            _raised.Push(element.LocalName is "sup");
        }
        if (_tables.IsData(element))
        {
            _lines.BeginTable();
        }
        else if (!IsPartOfTable(element) && !_inline.Contains(element.LocalName))
        {
            _lines.EndLine();
        }
        return true;
    }

    /// <summary>An element that holds nothing. A field in a table is a number that somebody filled in; elsewhere it is something to search with.</summary>
    private void WriteBare(IElement element)
    {
        if (element.LocalName is not "input")
        {
            _lines.EndLine();
        }
        else if (_lines.InTable && _filledIn.Contains(element.GetAttribute("type") ?? ""))
        {
            _lines.Write(element.GetAttribute("value") ?? "");
        }
    }

    private void Leave(INode node)
    {
        var element = (IElement)node;
        _typed -= element.LocalName is "pre" ? 1 : 0;
        if (element.LocalName is "sup" or "sub")
        {
            _raised.Pop();
        }
        if (_tables.IsData(element))
        {
            _lines.EndRow();
            _lines.EndTable();
        }
        else if (!IsPartOfTable(element))
        {
            if (!_inline.Contains(element.LocalName))
            {
                _lines.EndLine();
            }
        }
        else if (element.LocalName is "tr")
        {
            _lines.EndRow();
        }
        else if (element.LocalName is "td" or "th")
        {
            _lines.EndCell(Span(element, "colspan"), Span(element, "rowspan"));
        }
    }

    /// <summary>Cells, rows and row groups of a table of data. Those of a layout table are blocks like any other.</summary>
    private bool IsPartOfTable(IElement element) => 
        _lines.InTable && element.LocalName is "td" or "th" or "tr" or "thead" or "tbody" or "tfoot" or "colgroup" or "col";

    /// <summary>rowspan="0" reaches to the end of the table.</summary>
    private static int Span(IElement cell, string name) =>
        int.TryParse(cell.GetAttribute(name), out var span) ? span > 0 ? Math.Min(span, 1000) : 1000 * (name == "rowspan" ? 1 : 0) : 1;

    private static bool IsRead(ref StructHtmlToken tag, ReadOnlyMemory<char> name)
    {
        var isKnown = false;
        foreach (var known in _attributes)
        {
            isKnown |= name.Span.Equals(known, StringComparison.OrdinalIgnoreCase);
        }
        return isKnown && tag.Attributes.Count < MostAttributes;
    }

    /// <summary>What a heading says, without blanks; null when it is longer than any. Only its beginning is looked at, because headings may hold each other.</summary>
    private static string? Heading(IElement element)
    {
        var text = new StringBuilder();
        foreach (var part in element.GetDescendants().Take(10 * LongestHeading).OfType<IText>())
        {
            if (text.Length + part.Length > 2 * LongestHeading)
            {
                return null;
            }
            text.Append([.. part.Data.Where(c => !char.IsWhiteSpace(c))]);
        }
        return text.Length > LongestHeading ? null : text.ToString();
    }
}

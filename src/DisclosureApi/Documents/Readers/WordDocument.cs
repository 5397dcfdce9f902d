using System.Globalization;
using System.Xml;
using Disclosure.Documents;
using DisclosureApi.Http;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Reads DOCX (ISO/IEC 29500). The main part is read as a stream of XML, element by element, so that neither size nor nesting
/// takes more memory than the text itself. Deleted, struck out and hidden text, field codes, headers and footers are no part of what the page says.
/// </summary>
internal sealed class WordDocument
{
    private const int Deepest = 2_000;

    /// <summary>From here on fonts of symbols have signs of their own.</summary>
    private const int OwnSigns = 0xF000;

    /// <summary>Elements whose whole content is left out. Of two alternatives the first is shown.</summary>
    private static readonly HashSet<string> _unseen = new(StringComparer.Ordinal) { "del", "moveFrom", "instrText", "delText", "Fallback", "pPrChange", "rPrChange", "tcPrChange", "tblPrChange", "trPrChange", "tblGridChange" };

    private readonly PrintedLines _lines = new();
    private XmlReader _xml;
    private readonly WordNumbering _numbering;
    private readonly Stack<WordCell> _cells = new();

    private readonly WordHiding _hiding;

    /// <summary>Whether the run stands above the line, or below it; null on it.</summary>
    private bool? _isAbove;

    private WordDocument(XmlReader xml, WordNumbering numbering, WordHiding hiding) => (_xml, _numbering, _hiding) = (xml, numbering, hiding);

    public static SourceText Read(byte[] bytes)
    {
        try
        {
            using var package = WordPackage.Open(bytes);
            using var xml = package.Main();
            var document = new WordDocument(xml, package.Numbering(), package.Hiding());
            document.Read();
            foreach (var notes in package.Notes())
            {
                using (document._xml = notes)
                {
                    document.Read();
                }
            }
            return document._lines.Finish();
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw UnreadableDocument.Because("DOCX文件已损坏或含有不允许的XML（如DTD、实体）", "The DOCX is damaged, or its XML holds what is not taken (a DTD, entities).");
        }
    }

    private void Read()
    {
        _xml.Read();
        while (!_xml.EOF)
        {
            if (_xml.Depth > Deepest)
            {
                throw UnreadableDocument.Because($"DOCX嵌套超过{Deepest}层", $"The DOCX nests deeper than {Deepest} elements.");
            }
            if (_xml.NodeType == XmlNodeType.Element && (_unseen.Contains(_xml.LocalName) || IsSeparator()))
            {
                Skip();
                continue;
            }
            if (_xml.NodeType == XmlNodeType.Element)
            {
                Begin();
            }
            else if (_xml.NodeType == XmlNodeType.EndElement)
            {
                End(_xml.LocalName);
            }
            _xml.Read();
        }
    }

    /// <summary>The line between text and notes is kept as a note of its own.</summary>
    private bool IsSeparator() => _xml.LocalName is "footnote" or "endnote" && _xml.GetAttribute("type", _xml.NamespaceURI) is not (null or "normal");

    /// <summary>Passes over an element without the recursion or the copying that a tree would need.</summary>
    private void Skip()
    {
        var depth = _xml.Depth;
        var empty = _xml.IsEmptyElement;
        while (_xml.Read() && !empty && _xml.Depth > depth)
        {
        }
        if (!empty)
        {
            _xml.Read();
        }
    }

    private void Begin()
    {
        switch (_xml.LocalName)
        {
            case "t" when !_xml.IsEmptyElement:
                WriteText();
                break;
            case "tab" when _xml.GetAttribute("val", _xml.NamespaceURI) is null:
                _lines.Write("\t", asTyped: true);
                break;
            case "br" or "cr":
                _lines.EndLine();
                break;
            case "numId" when Value() is { } id:
                _numbering.Use(id);
                break;
            case "ilvl" when Value() is { } level:
                _numbering.Level = level;
                break;
            case "p":
                _hiding.BeginParagraph();
                break;
            case "pStyle":
                _numbering.Style = Named();
                _hiding.UseOfParagraph(Named());
                break;
            case "r" or "hyperlink":
                _lines.Write(_numbering.Take(), asTyped: true);
                _hiding.BeginRun();
                _isAbove = null;
                break;
            default:
                BeginOfRun(_xml.LocalName);
                BeginOfTable(_xml.LocalName);
                break;
        }
        if (_xml.IsEmptyElement)
        {
            End(_xml.LocalName);
        }
    }

    /// <summary>How the run is shown, and what it holds that is not written as text.</summary>
    private void BeginOfRun(string name)
    {
        if (WordHiding.Hides(_xml) is { } hides)
        {
            _hiding.Say(name, hides);
        }
        else if (name is "rStyle")
        {
            _hiding.UseOfRun(Named());
        }
        else if (name is "sym" && Symbol() is { } sign)
        {
            Write(sign.ToString());
        }
        else if (name is "noBreakHyphen")
        {
            _lines.Write("-");
        }
        else if (name is "vertAlign")
        {
            _isAbove = _xml.GetAttribute("val", _xml.NamespaceURI) switch { "superscript" => true, "subscript" => false, _ => null };
        }
    }

    /// <summary>A table inside a cell is part of that cell's text.</summary>
    private void BeginOfTable(string name)
    {
        if (name == "tbl" && !_xml.IsEmptyElement)
        {
            if (_cells.Count == 0)
            {
                _lines.BeginTable();
            }
            _cells.Push(new WordCell());
        }
        else if (name == "tc" && _cells.TryPeek(out var opened))
        {
            opened.Begin();
        }
        else if (name is "gridSpan" or "gridBefore" && _cells.TryPeek(out var cell))
        {
            cell.See(name, Value());
        }
    }

    private void End(string name)
    {
        if (name is "p")
        {
            _numbering.EndParagraph();
            _lines.EndLine();
        }
        else if (_cells.Count == 1 && name is "tc")
        {
            EndCell(_cells.Peek());
        }
        else if (_cells.Count == 1 && name is "tr")
        {
            _lines.EndRow();
            _cells.Peek().EndRow();
        }
        else if (name is "tbl" && _cells.TryPop(out _) && _cells.Count == 0)
        {
            _lines.EndRow();
            _lines.EndTable();
        }
    }

    private void EndCell(WordCell cell)
    {
        for (var i = 0; i < cell.Before; i++)
        {
            _lines.EndBlankCell();
        }
        cell.Before = 0;
        _lines.EndCell(cell.Columns, 1);
    }

    private void WriteText()
    {
        var depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                Write(_xml.Value);
            }
        }
    }

    private void Write(string text) => _lines.Write(_hiding.IsUnseen ? "" : _isAbove is { } above ? RaisedDigits.Of(text, above) : text, asTyped: true);

    /// <summary>A character told by its number. The font Symbol has digits and letters at F000 and up; what other fonts draw there is no writing.</summary>
    private char? Symbol() => int.TryParse(_xml.GetAttribute("char", _xml.NamespaceURI), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code)
        && (char)(code >= OwnSigns && _xml.GetAttribute("font", _xml.NamespaceURI) == "Symbol" ? code - OwnSigns : code) is var sign && sign < OwnSigns && !char.IsControl(sign) && !char.IsSurrogate(sign) ? sign : null;

    private string? Named() => _xml.GetAttribute("val", _xml.NamespaceURI);

    private int? Value() => int.TryParse(_xml.GetAttribute("val", _xml.NamespaceURI), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
}

using System.Globalization;
using System.Xml;
using Disclosure.Documents.Writing;
using DisclosureApi.Http.Printing;

namespace DisclosureApi.Documents.Writers;

/// <summary>Writes the main part of a DOCX.</summary>
internal sealed class WordBody(XmlWriter xml)
{
    private const string Names = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>A4 and its margins (GB/T 9704) in twentieths of a point: 210 by 297 mm, 37 mm above, 35 below, 28 left, 26 right.</summary>
    private const int PageWidth = 11906;
    private const int PageHeight = 16838;
    private const int Top = 2098;
    private const int Bottom = 1984;
    private const int Left = 1587;
    private const int Right = 1474;
    private const int TextWidth = PageWidth - Left - Right;

    private static readonly string[] _sides = ["top", "left", "bottom", "right", "insideH", "insideV"];

    public void Write(OfficialDocument document)
    {
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("w", "document", Names);
        Start("body");
        Paragraph(document.Title, WordStyles.Title);
        if (document.Date is { } date)
        {
            Paragraph(date, WordStyles.Date);
        }
        foreach (var part in document.Parts)
        {
            switch (part)
            {
                case DocumentPart.Heading heading:
                    Paragraph(heading.Text, WordStyles.Heading);
                    break;
                case DocumentPart.Paragraph paragraph:
                    Paragraph(paragraph.Text, null);
                    break;
                case DocumentPart.Table table:
                    Table(table);
                    break;
                default:
                    throw new InvalidOperationException("unknown part of a document");
            }
        }
        Page();
        xml.WriteEndDocument();
    }

    private void Table(DocumentPart.Table table)
    {
        var whole = table.Widths.Sum();
        int[] widths = [.. table.Widths.Select(width => TextWidth * width / whole)];
        Start("tbl");
        Start("tblPr");
        Element("tblW", ("w", widths.Sum()), ("type", "dxa"));
        Element("jc", ("val", "center"));
        Start("tblBorders");
        foreach (var side in _sides)
        {
            Element(side, ("val", "single"), ("sz", 4), ("space", 0), ("color", "000000"));
        }
        End();
        Element("tblLayout", ("type", "fixed"));
        Start("tblCellMar");
        Element("left", ("w", 28), ("type", "dxa"));
        Element("right", ("w", 28), ("type", "dxa"));
        End();
        Element("tblCaption", ("val", table.Caption));
        End();
        Start("tblGrid");
        Array.ForEach(widths, width => Element("gridCol", ("w", width)));
        End();
        var rows = table.Grid();
        for (var i = 0; i < rows.Count; i++)
        {
            Row(rows[i], widths, isHeader: i < table.HeaderRows, keepsNext: table.HeaderRows == 0 && i + 1 < rows.Count && rows[i + 1].Count > 1);
        }
        End();
    }

    /// <summary>No row is cut by the end of a page; headers are repeated on the next.</summary>
    private void Row(IReadOnlyList<PlacedCell> cells, int[] widths, bool isHeader, bool keepsNext)
    {
        Start("tr");
        Start("trPr");
        Element("cantSplit");
        if (isHeader)
        {
            Element("tblHeader");
        }
        End();
        foreach (var (cell, column, goesOn) in cells)
        {
            Start("tc");
            Start("tcPr");
            Element("tcW", ("w", widths.Skip(column).Take(cell.Columns).Sum()), ("type", "dxa"));
            if (cell.Columns > 1)
            {
                Element("gridSpan", ("val", cell.Columns));
            }
            if (cell.Rows > 1)
            {
                Element("vMerge", ("val", goesOn ? "continue" : "restart"));
            }
            Element("vAlign", ("val", "center"));
            End();
            Paragraph(goesOn ? "" : cell.Text, WordStyles.Cell, keepsNext);
            End();
        }
        End();
    }

    private void Paragraph(string text, string? style, bool keepsNext = false)
    {
        Start("p");
        if (style is not null)
        {
            Start("pPr");
            Element("pStyle", ("val", style));
            if (keepsNext)
            {
                Element("keepNext");
            }
            End();
        }
        if (text.Length > 0)
        {
            Start("r");
            foreach (var (piece, i) in text.Split('\t').Select((piece, i) => (piece, i)))
            {
                if (i > 0)
                {
                    Element("tab");
                }
                Start("t");
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(XmlWords.Of(piece));
                End();
            }
            End();
        }
        End();
    }

    private void Page()
    {
        Start("sectPr");
        Element("pgSz", ("w", PageWidth), ("h", PageHeight));
        Element("pgMar", ("top", Top), ("right", Right), ("bottom", Bottom), ("left", Left), ("header", 851), ("footer", 992), ("gutter", 0));
        End();
    }

    private void Start(string name) => xml.WriteStartElement("w", name, Names);

    private void End() => xml.WriteEndElement();

    private void Element(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Start(name);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString("w", attribute, Names, Convert.ToString(value, CultureInfo.InvariantCulture));
        }
        End();
    }
}

using System.IO.Compression;
using System.Text;
using System.Xml;
using Disclosure.Documents.Writing;

namespace DisclosureApi.Documents.Writers;

/// <summary>
/// The official document as DOCX (ISO/IEC 29500, transitional). The four parts that such a document takes are written as a
/// stream of XML, in a zip without clock or machine, so that equal content gives equal bytes and the body is never a tree.
/// </summary>
internal static class WordFile
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string ContentTypes =
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/></Types>
        """;

    private const string Package =
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
        """;

    private const string Relations =
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/></Relationships>
        """;

    /// <summary>The first day that a zip can tell.</summary>
    private static readonly DateTimeOffset _noDay = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Render(OfficialDocument document)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml", ContentTypes);
            Write(zip, "_rels/.rels", Package);
            Write(zip, "word/_rels/document.xml.rels", Relations);
            Write(zip, "word/styles.xml", WordStyles.Styles);
            Write(zip, "word/fontTable.xml", WordStyles.Fonts);
            using var body = Entry(zip, "word/document.xml");
            using var xml = XmlWriter.Create(body, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
            new WordBody(xml).Write(document);
        }
        return file.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var stream = Entry(zip, name);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static Stream Entry(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = _noDay;
        return entry.Open();
    }
}

using System.IO.Compression;
using System.Xml;
using DisclosureApi.Http;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// The parts of a DOCX that hold its words. Only these are unpacked, as streams and within limits; relationships to anything
/// outside the file are never looked at.
/// </summary>
internal sealed class WordPackage : IDisposable
{
    /// <summary>A report of twenty pages unpacks to about one megabyte; this is room for the most wasteful of writers.</summary>
    private const long MostUnpacked = 64 * 1024 * 1024;
    private const int MostEntries = 5_000;

    /// <summary>The first bytes of the old binary formats, in which Word also wraps an encrypted DOCX.</summary>
    private static readonly byte[] _compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static readonly XmlReaderSettings _settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostUnpacked,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private static readonly string[] _notes = ["word/footnotes.xml", "word/endnotes.xml"];

    private readonly ZipArchive _archive;

    private WordPackage(ZipArchive archive) => _archive = archive;

    public static WordPackage Open(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(_compound))
        {
            throw UnreadableDocument.Because("文件已加密，或是旧版Word格式（.doc）；请另存为未加密的DOCX", "The file is encrypted or in the old Word format (.doc); save it as DOCX without a password.");
        }
        var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        if (archive.Entries.Count > MostEntries || archive.Entries.Sum(entry => entry.Length) > MostUnpacked)
        {
            throw UnreadableDocument.Because("DOCX解压后过大", "The DOCX is too large when it is unpacked.");
        }
        return new WordPackage(archive);
    }

    /// <summary>The main part, which the package names; most are called word/document.xml.</summary>
    public XmlReader Main()
    {
        var named = Part("_rels/.rels") is { } relations ? Target(relations) : null;
        return Part(named ?? "word/document.xml") ?? throw UnreadableDocument.Because("文件不是DOCX文档", "The file is no DOCX document.");
    }

    /// <summary>The lists by which headings are numbered, which stand beside the main part.</summary>
    public WordNumbering Numbering()
    {
        using var numbering = Part("word/numbering.xml");
        using var styles = Part("word/styles.xml");
        return WordNumbering.Read(numbering, styles);
    }

    /// <summary>What the styles hide or strike out.</summary>
    public WordHiding Hiding()
    {
        using var styles = Part("word/styles.xml");
        return WordHiding.Read(styles);
    }

    /// <summary>The notes below the pages and at the end, which are read behind the text.</summary>
    public IEnumerable<XmlReader> Notes() => _notes.Select(Part).OfType<XmlReader>();

    public void Dispose() => _archive.Dispose();

    private XmlReader? Part(string name) =>
        _archive.Entries.FirstOrDefault(entry => entry.FullName.Replace('\\', '/').Equals(name, StringComparison.OrdinalIgnoreCase)) is { } entry
            ? XmlReader.Create(entry.Open(), WithClosing())
            : null;

    private static XmlReaderSettings WithClosing()
    {
        var settings = _settings.Clone();
        settings.CloseInput = true;
        return settings;
    }

    private static string? Target(XmlReader relations)
    {
        using (relations)
        {
            while (relations.Read())
            {
                if (relations is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                    && relations.GetAttribute("Type")?.EndsWith("/officeDocument", StringComparison.Ordinal) == true)
                {
                    return relations.GetAttribute("Target")?.TrimStart('/');
                }
            }
        }
        return null;
    }
}

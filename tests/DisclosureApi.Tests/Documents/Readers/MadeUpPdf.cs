using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace DisclosureApi.Tests.Documents.Readers;

/// <summary>PDFs of a page each, written by hand: with Latin text, as a scanner leaves them, or locked (ISO 32000-1, sections 7 and 8).</summary>
internal static class MadeUpPdf
{
    public const string Latin = "Nothing here is an annual report.";

    private const int LinesEach = 50;

    /// <summary>Wide enough that no label runs into the numbers beside it.</summary>
    private const int PageWidth = 2400;

    private static readonly byte[] _padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");
    private static readonly byte[] _id = "a made-up report"u8.ToArray();

    public static byte[] Written(string text = Latin) => Page($"BT /F1 12 Tf 40 700 Td ({text}) Tj ET");

    /// <summary>A page that draws whatever is asked for, compressed as programs do it.</summary>
    public static byte[] Page(string drawing, int width = 595) => File([.. Objects(Deflated(drawing), width)], null);

    /// <summary>Lines of Chinese text from top to bottom, page after page; what tabs part stands in columns.</summary>
    public static byte[] Of(IReadOnlyList<string> lines)
    {
        var pages = lines.Chunk(LinesEach).Select(page => Deflated(string.Concat(page.Select((line, i) => Drawn(line, 1150 - (i * 22)))))).ToList();
        return File(
        [
            new("/Type/Catalog/Pages 2 0 R", null),
            new($"/Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select((_, i) => $"{7 + (2 * i)} 0 R"))}]", null),
            new("/Type/Font/Subtype/Type0/BaseFont/FangSong/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R", null),
            new("/Type/Font/Subtype/CIDFontType2/BaseFont/FangSong/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor 6 0 R", null),
            Deflated("""
                /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def /CMapType 2 def
                1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end
                """),
            new("/Type/FontDescriptor/FontName/FangSong/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80", null),
            .. pages.SelectMany((page, i) => new[]
            {
                new Body($"/Type/Page/Parent 2 0 R/MediaBox[0 0 {PageWidth} 1190]/Contents {8 + (2 * i)} 0 R/Resources<</Font<</F1 3 0 R>>>>", null),
                page,
            }),
        ], null);
    }

    private static string Drawn(string line, int y)
    {
        var cells = line.Split('\t');
        return string.Concat(cells.Select((cell, i) => cell.Length == 0 ? ""
            : $"BT /F1 10 Tf {40 + (i * (PageWidth - 80) / cells.Length)} {y} Td <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(cell))}> Tj ET\n"));
    }

    /// <summary>A grey picture that fills the page, and no letter.</summary>
    public static byte[] Scanned()
    {
        var picture = new byte[120 * 160];
        new Random(7).NextBytes(picture);
        return File(
        [
            .. Objects(new("", "q 595 0 0 842 0 0 cm /Im1 Do Q"u8.ToArray())),
            new("/Type/XObject/Subtype/Image/Width 120/Height 160/ColorSpace/DeviceGray/BitsPerComponent 8", picture),
        ], null);
    }

    /// <summary>Locked with RC4 of 40 bits, which every reader knows.</summary>
    /// <param name="toOpen">What must be typed to see it; empty where only changing it is forbidden.</param>
    public static byte[] Locked(string toOpen) => File([.. Objects(Deflated($"BT /F1 12 Tf 40 700 Td ({Latin}) Tj ET"))], toOpen);

    private sealed record Body(string Entries, byte[]? Stream);

    private static Body Deflated(string drawing)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(Encoding.Latin1.GetBytes(drawing));
        }
        return new("/Filter/FlateDecode", packed.ToArray());
    }

    private static IEnumerable<Body> Objects(Body drawing, int width = 595) =>
    [
        new("/Type/Catalog/Pages 2 0 R", null),
        new("/Type/Pages/Kids[3 0 R]/Count 1", null),
        new($"/Type/Page/Parent 2 0 R/MediaBox[0 0 {width} 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</Im1 6 0 R>>>>", null),
        drawing,
        new("/Type/Font/Subtype/Type1/BaseFont/Helvetica", null),
    ];

    private static byte[] File(IReadOnlyList<Body> objects, string? password)
    {
        using var file = new MemoryStream();
        var (places, key) = (new List<long>(), password is null ? null : Key(password));
        Write(file, "%PDF-1.4\n");
        for (var number = 1; number <= objects.Count; number++)
        {
            places.Add(file.Position);
            var (entries, stream) = objects[number - 1];
            Write(file, $"{number} 0 obj\n<<{entries}{(stream is null ? "" : $"/Length {stream.Length}")}>>\n");
            if (stream is not null)
            {
                Write(file, "stream\n");
                file.Write(key is null ? stream : Rc4(Hash([.. key, (byte)number, (byte)(number >> 8), 0, 0, 0])[..10], stream));
                Write(file, "\nendstream\n");
            }
            Write(file, "endobj\n");
        }
        var table = file.Position;
        Write(file, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        places.ForEach(place => Write(file, $"{place.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n"));
        Write(file, $"trailer\n<</Size {objects.Count + 1}/Root 1 0 R/ID[<{Convert.ToHexString(_id)}><{Convert.ToHexString(_id)}>]");
        Write(file, key is null ? "" : $"/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<{Convert.ToHexString(Owner(password!))}>/U<{Convert.ToHexString(Rc4(key, _padding))}>>>");
        Write(file, $">>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private static byte[] Key(string password) => Hash([.. Padded(password), .. Owner(password), .. BitConverter.GetBytes(-44), .. _id])[..5];

    private static byte[] Owner(string password) => Rc4(Hash(Padded("the owner's"))[..5], Padded(password));

    private static byte[] Padded(string password) => [.. Encoding.Latin1.GetBytes(password).Concat(_padding).Take(32)];

#pragma warning disable CA5351 // MD5 is what this kind of lock is made of; nothing here is kept secret by it.
    private static byte[] Hash(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    private static byte[] Rc4(byte[] key, byte[] bytes)
    {
        var state = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }
        var result = new byte[bytes.Length];
        for (int n = 0, i = 0, j = 0; n < bytes.Length; n++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            result[n] = (byte)(bytes[n] ^ state[(state[i] + state[j]) & 255]);
        }
        return result;
    }

    private static void Write(Stream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));
}

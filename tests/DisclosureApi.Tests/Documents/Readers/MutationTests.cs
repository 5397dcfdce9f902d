using System.Globalization;
using System.Text;
using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Tests;
using DisclosureApi.Documents.Readers;
using DisclosureApi.Http;

namespace DisclosureApi.Tests.Documents.Readers;

/// <summary>
/// Documents of every kind with bytes, letters and lines changed at random. Each is read or refused; nothing is thrown that would
/// be an answer of 500. DISCLOSURE_MUTATIONS sets how many, DISCLOSURE_MUTATION_SEED repeats a run.
/// </summary>
public class MutationTests(ITestOutputHelper output)
{
    private const int Default = 2_000;
    private static readonly TimeSpan _slow = TimeSpan.FromSeconds(5);

    private static readonly string[] _pieces =
        ["政府", "\t", "\n", "0", "9999999999999999999", "|", "<td>", "</table>", "<w:tbl>", "</w:p>", "&#0;", "\uD800", "一、", "（六）其他处理", "总计", "-", "/", "\u00A0", "。", "[bookmark:", "1.", "第二十条第（一）项", "\f"];

    [Fact]
    public void Whatever_is_changed_in_a_document_it_is_read_or_refused()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DISCLOSURE_MUTATION_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var times = int.TryParse(Environment.GetEnvironmentVariable("DISCLOSURE_MUTATIONS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Default;
        output.WriteLine($"{times} mutations, seed {seed}");
        var (documents, random, read, slowest) = (Documents().ToList(), new Random(seed), 0, TimeSpan.Zero);
        for (var i = 0; i < times; i++)
        {
            var (name, bytes, reader) = documents[random.Next(documents.Count)];
            var mutant = Mutated(bytes, random);
            var since = WorkTime.Now;
            try
            {
                read += ReportReader.Read(reader(mutant)) is ReadResult.Report { Filing: var filing } && Json.Bytes(writer => FilingWriter.Write(writer, filing)).Length > 0 ? 1 : 0;
            }
            catch (ProblemException)
            {
                // Refused with a reason.
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}, input {i}, {name}: {fault}");
            }
            var taken = WorkTime.Now - since;
            slowest = taken > slowest ? taken : slowest;
            Assert.True(taken < _slow, $"seed {seed}, input {i}, {name}: {taken}");
        }
        output.WriteLine($"{read} read, {times - read} refused, slowest {slowest.TotalMilliseconds:0} ms");
    }

    private static IEnumerable<(string Name, byte[] Bytes, Func<byte[], SourceText> Read)> Documents()
    {
        static SourceText Text(byte[] bytes) => PlainText.Read(TextBytes.Decode(new DocumentBytes(bytes, null)));
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Disclosure.Tests", "Documents", "Fixtures"), "*.txt"))
        {
            yield return (Path.GetFileName(file), File.ReadAllBytes(file), Text);
        }
        foreach (var form in new[] { "2019", "2021" })
        {
            var (report, loose) = (new MarkedUpReport(form, MarkedUpReport.Distinct), new Disclosure.Tests.Documents.LooseText(form, MarkedUpReport.Distinct));
            yield return ($"{form}.html", Encoding.UTF8.GetBytes(report.Html()), bytes => HtmlDocument.Read(TextBytes.DecodeHtml(new DocumentBytes(bytes, null))));
            yield return ($"{form}.docx", report.Docx(), WordDocument.Read);
            yield return ($"{form}.xml", Encoding.UTF8.GetBytes(report.DocumentXml()), bytes => WordDocument.Read(MarkedUpReport.Packed(TextBytes.Decode(new DocumentBytes(bytes, null)))));
            yield return ($"{form} lines", Encoding.UTF8.GetBytes(loose.InLines()), Text);
            yield return ($"{form} pieces", Encoding.UTF8.GetBytes(loose.InPieces()), Text);
            yield return ($"{form} together", Encoding.UTF8.GetBytes(loose.RunTogether()), bytes => MarkdownText.Read(TextBytes.Decode(new DocumentBytes(bytes, null))));
        }
    }

    /// <summary>Half of the changes are made to letters, so that the text still decodes and its reading is tried.</summary>
    private static byte[] Mutated(byte[] bytes, Random random)
    {
        var changes = 1 + random.Next(6);
        if (random.Next(4) == 0)
        {
            var list = bytes.ToList();
            for (var i = 0; i < changes && list.Count > 0; i++)
            {
                list[random.Next(list.Count)] = (byte)random.Next(256);
            }
            return random.Next(5) == 0 ? [.. list.Take(random.Next(list.Count))] : [.. list];
        }
        var text = new StringBuilder(Encoding.UTF8.GetString(bytes));
        for (var i = 0; i < changes && text.Length > 0; i++)
        {
            Change(text, random);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Change(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length);
        var length = Math.Min(text.Length - at, 1 << random.Next(10));
        switch (random.Next(4))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1:
                text.Insert(random.Next(text.Length), text.ToString(at, length));
                break;
            case 2:
                text.Insert(at, new StringBuilder().Insert(0, _pieces[random.Next(_pieces.Length)], 1 + random.Next(20)));
                break;
            default:
                text[at] = _pieces[random.Next(_pieces.Length)][0];
                break;
        }
    }
}

using System.IO.Compression;
using System.Text;
using DisclosureApi.Ledger.Verifying;

namespace DisclosureApi.Tests.Ledger;

/// <summary>Bundles of evidence, fetched, read and spoilt.</summary>
internal static class Bundles
{
    public static string AuditAddress(string agency, int year) => $"/v1/audit/reports/{agency}/{year}";

    public static async Task<byte[]> GetAsync(Client reader, string report)
    {
        while (true)
        {
            var (status, bytes) = await reader.BytesAsync($"{report}/evidence");
            if (status == 200)
            {
                return bytes;
            }
            Assert.Equal(404, status);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }

    public static IReadOnlyList<string> Faults(byte[] bundle) => new EvidenceCheck(EvidenceFile.Open(new MemoryStream(bundle))).Faults();

    public static List<string> Names(byte[] bundle) => [.. Files(bundle).Keys];

    public static string Text(byte[] bundle, string name) => Encoding.UTF8.GetString(Files(bundle)[name]);

    /// <param name="isMended">Whoever changes an entry also mends the list of hashes, which anyone can make.</param>
    public static byte[] Rewritten(byte[] bundle, Action<Dictionary<string, byte[]>> change, bool isMended = true)
    {
        var files = Files(bundle);
        change(files);
        if (isMended)
        {
            files[EvidenceFile.Sums] = Encoding.UTF8.GetBytes(EvidenceFile.List(files));
        }
        using var stream = new MemoryStream();
        using (var written = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (file, content) in files)
            {
                using var entry = written.CreateEntry(file, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    private static Dictionary<string, byte[]> Files(byte[] bundle)
    {
        using var zip = new ZipArchive(new MemoryStream(bundle));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return copy.ToArray();
        });
    }
}

using DisclosureApi.Http.Guarding;
using Microsoft.Extensions.Caching.Memory;

namespace DisclosureApi.Bulk;

/// <summary>What is known of a file before it is sent.</summary>
/// <param name="Lines">Without a table's head.</param>
internal sealed record Measured(long Length, byte[] Sha256, long Lines, long Reports)
{
    /// <summary>As everywhere: a hash of the bytes sent.</summary>
    public string ETag => $"\"{Convert.ToHexStringLower(Sha256.AsSpan(0, 16))}\"";

    public string Digest => $"sha-256=:{Convert.ToBase64String(Sha256)}:";
}

/// <summary>Length and hash of files, which stand before their first byte: each is found by writing the file to nowhere once, and remembered.</summary>
internal sealed class Measures(ExportRows rows) : IDisposable
{
    private const int MostKept = 5_000;
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostKept });

    // More at once would only take the processor from those who read.
    private readonly SemaphoreSlim _turns = new(2);

    /// <summary>Of files of one year and position, whose reports are looked at once for all.</summary>
    public async Task<IReadOnlyList<Measured>> OfAsync(IReadOnlyList<ExportFile> files, HttpContext context)
    {
        var content = await rows.ContentAsync(files[0].Year, files[0].Position, context.RequestAborted);
        var measured = new List<Measured>();
        foreach (var file in files)
        {
            measured.Add(await OfAsync(file, content, context));
        }
        return measured;
    }

    public void Dispose()
    {
        _known.Dispose();
        _turns.Dispose();
    }

    /// <summary>A file takes as long as it is large, and whoever asks for it waits for that; in line for it, no longer than for anything else.</summary>
    private async Task<Measured> OfAsync(ExportFile file, ExportContent content, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        // What is published of other years moves the position and leaves the bytes as they are.
        var key = (file with { Position = 0 }, content.Fingerprint);
        if (_known.TryGetValue(key, out Measured? known))
        {
            return known!;
        }
        await _turns.WaitAsync(cancellation);
        Patience.Hold(context);
        try
        {
            return _known.TryGetValue(key, out known) ? known! : Kept(await MeasureAsync(file, content, cancellation));
        }
        finally
        {
            _turns.Release();
            Patience.GoOn(context);
        }

        Measured Kept(Measured measured) => _known.Set(key, measured, new MemoryCacheEntryOptions { Size = 1 });
    }

    private async Task<Measured> MeasureAsync(ExportFile file, ExportContent content, CancellationToken cancellation)
    {
        await using var tap = new Tap(null, 0, 0);
        var lines = await file.WriteAsync(rows.ReadAsync(file.Year, file.Position, cancellation), tap, static () => false, cancellation);
        return new Measured(tap.Written, tap.Sha256, lines, content.Reports);
    }
}

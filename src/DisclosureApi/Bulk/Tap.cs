using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace DisclosureApi.Bulk;

/// <summary>What a file is written through: counts and hashes all of it, or lets a part of it pass.</summary>
/// <param name="to">Where the part goes; null when the file is only measured.</param>
internal sealed class Tap(PipeWriter? to, long from, long count) : Stream
{
    /// <summary>So much is gathered before it is waited for the network.</summary>
    private const int Gathered = 128 * 1024;

    private readonly IncrementalHash? _hash = to is null ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private int _unsent;

    /// <summary>How many bytes came.</summary>
    public long Written { get; private set; }

    /// <summary>Whether all of the part has passed.</summary>
    public bool IsDone => to is not null && Written >= from + count;

    public byte[] Sha256 => _hash!.GetCurrentHash();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var start = Math.Clamp(from - Written, 0, buffer.Length);
        var end = Math.Clamp(from + count - Written, start, buffer.Length);
        Written += buffer.Length;
        _hash?.AppendData(buffer.Span);
        if (to is null || end == start)
        {
            return;
        }
        to.Write(buffer.Span[(int)start..(int)end]);
        _unsent += (int)(end - start);
        if (_unsent >= Gathered || IsDone)
        {
            _unsent = 0;
            await to.FlushAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // What passes is sent as enough of it has come, and the rest by the server at the end.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Files are written without blocking.");

    protected override void Dispose(bool disposing)
    {
        _hash?.Dispose();
        base.Dispose(disposing);
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DisclosureApi.Tests.Contract.Fuzz;

/// <summary>What came back.</summary>
internal sealed record Echo(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, TimeSpan Took);

/// <summary>One connection, opened anew whenever the server has closed it.</summary>
internal sealed class Wire(Uri host) : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private TcpClient? _client;
    private byte[] _buffer = new byte[64 * 1024];
    private int _length;
    private int _at;

    /// <summary>Sends it and reads one answer; null where the server closed the connection without one.</summary>
    public async Task<Echo?> SendAsync(Shot shot)
    {
        using var patience = new CancellationTokenSource(_patience);
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            if (_client is null)
            {
                _client = new TcpClient { NoDelay = true };
                (_length, _at) = (0, 0);
                await _client.ConnectAsync(host.Host, host.Port, patience.Token);
            }
            await _client.GetStream().WriteAsync(shot.Bytes(), patience.Token);
            return await ReadAsync(shot.Method == "HEAD", began, patience.Token);
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            // Refused while it was still being sent: the server answers and closes, and the answer may be lost on the way.
            Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task<Echo?> ReadAsync(bool isHead, long began, CancellationToken cancellation)
    {
        while (true)
        {
            if (await LineAsync(cancellation) is not { Length: > 0 } first)
            {
                Dispose();
                return null;
            }
            var status = int.Parse(first.Split(' ')[1], CultureInfo.InvariantCulture);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await LineAsync(cancellation) is { Length: > 0 } line)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                headers[line[..colon]] = headers.TryGetValue(line[..colon], out var before) ? $"{before}, {line[(colon + 1)..].Trim()}" : line[(colon + 1)..].Trim();
            }
            if (status < 200)
            {
                continue;
            }
            var isStream = headers.GetValueOrDefault("Content-Type", "").StartsWith("text/event-stream", StringComparison.Ordinal);
            var body = isHead || status is 204 or 304 || isStream ? [] : await BodyAsync(headers, cancellation);
            if (isStream || headers.GetValueOrDefault("Connection") == "close")
            {
                Dispose();
            }
            return new Echo(status, headers, body, TimeProvider.System.GetElapsedTime(began));
        }
    }

    private async Task<byte[]> BodyAsync(Dictionary<string, string> headers, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        if (headers.TryGetValue("Content-Length", out var length))
        {
            await TakeAsync(int.Parse(length, CultureInfo.InvariantCulture), body, cancellation);
        }
        else if (headers.ContainsKey("Transfer-Encoding"))
        {
            while (int.Parse((await LineAsync(cancellation))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                await TakeAsync(size, body, cancellation);
                await LineAsync(cancellation);
            }
            await LineAsync(cancellation);
        }
        return body.ToArray();
    }

    private async Task TakeAsync(int count, MemoryStream into, CancellationToken cancellation)
    {
        while (count > 0)
        {
            if (_at == _length && !await FillAsync(cancellation))
            {
                throw new IOException("The connection ended within an answer.");
            }
            var taken = Math.Min(count, _length - _at);
            into.Write(_buffer, _at, taken);
            (_at, count) = (_at + taken, count - taken);
        }
    }

    private async Task<string?> LineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_buffer.AsSpan(_at, _length - _at).IndexOf("\r\n"u8) is >= 0 and var end)
            {
                var line = Encoding.UTF8.GetString(_buffer, _at, end);
                _at += end + 2;
                return line;
            }
            if (!await FillAsync(cancellation))
            {
                return null;
            }
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        if (_at > 0)
        {
            _buffer.AsSpan(_at, _length - _at).CopyTo(_buffer);
            (_length, _at) = (_length - _at, 0);
        }
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = await _client!.GetStream().ReadAsync(_buffer.AsMemory(_length), cancellation);
        _length += read;
        return read > 0;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Disclosure.Ledger;
using Npgsql;

namespace DisclosureApi.Ledger.Verifying;

/// <summary>Events in a row, over the bytes that they were read into; these are given back for others.</summary>
internal sealed record EventPiece(byte[] Bytes, List<Envelope> Events) : IDisposable
{
    public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);
}

/// <summary>
/// Reads events the way in which PostgreSQL hands out rows fastest: COPY in its binary form, whose bytes are used where they
/// lie. Pieces are of about a megabyte, so that memory stays small whatever the events are like.
/// </summary>
internal static class EventCopy
{
    private const string Columns = "seq_id, id, stream_id, version, type, timestamp, correlation_id, causation_id, user_name, headers, data";
    private const int Usual = 1024 * 1024;

    /// <summary>Of the binary form: its signature, flags, and the length of an extension that nobody has.</summary>
    private const int Header = 19;

    private static readonly DateTimeOffset _epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async IAsyncEnumerable<EventPiece> ReadAsync(NpgsqlConnection connection, long after, long last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"copy (select {Columns} from mt_events where seq_id > {after} and seq_id <= {last} order by seq_id) to stdout (format binary)", cancellation);
        var (bytes, count, from) = (ArrayPool<byte>.Shared.Rent(Usual), 0, Header);
        while (true)
        {
            var read = await copy.ReadAsync(bytes.AsMemory(count), cancellation);
            count += read;
            if (read > 0 && count < bytes.Length)
            {
                continue;
            }
            var (events, end) = Parse(bytes.AsMemory(0, count), from);
            var rest = bytes.AsSpan(end, count - end);
            var following = ArrayPool<byte>.Shared.Rent(Math.Max(Usual, 2 * rest.Length));
            rest.CopyTo(following);
            var piece = new EventPiece(bytes, events);
            (bytes, count, from) = (following, count - end, 0);
            if (events.Count > 0)
            {
                yield return piece;
            }
            else
            {
                piece.Dispose();
            }
            if (read == 0)
            {
                ArrayPool<byte>.Shared.Return(bytes);
                yield break;
            }
        }
    }

    /// <summary>The rows that are there whole, and where they end.</summary>
    private static (List<Envelope> Events, int End) Parse(ReadOnlyMemory<byte> bytes, int at)
    {
        var (events, end) = (new List<Envelope>(), Math.Min(at, bytes.Length));
        while (Row(bytes, end) is var (row, next))
        {
            events.Add(row);
            end = next;
        }
        return (events, end);
    }

    private static (Envelope Row, int Next)? Row(ReadOnlyMemory<byte> bytes, int at)
    {
        if (bytes.Length - at < sizeof(short) || BinaryPrimitives.ReadInt16BigEndian(bytes.Span[at..]) is var count && count < 0)
        {
            return null;
        }
        at += sizeof(short);
        var fields = new Fields();
        for (var i = 0; i < count; i++)
        {
            var length = bytes.Length - at < sizeof(int) ? int.MaxValue : BinaryPrimitives.ReadInt32BigEndian(bytes.Span[at..]);
            at += sizeof(int);
            if (length > bytes.Length - at)
            {
                return null;
            }
            fields[i] = length < 0 ? (ReadOnlyMemory<byte>?)null : bytes.Slice(at, length);
            at += Math.Max(0, length);
        }
        return (new Envelope(
            Number(fields[0]), new Guid(fields[1]!.Value.Span, bigEndian: true), Text(fields[2]) ?? "", Number(fields[3]), Text(fields[4]) ?? "", Time(Number(fields[5])),
            Text(fields[6]), Text(fields[7]), Text(fields[8]), Json(fields[9]), Json(fields[10])), at);
    }

    private static long Number(ReadOnlyMemory<byte>? field) => field is { } bytes ? BinaryPrimitives.ReadInt64BigEndian(bytes.Span) : 0;

    private static string? Text(ReadOnlyMemory<byte>? field) => field is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    /// <summary>PostgreSQL puts the version of its form before the text.</summary>
    private static ReadOnlyMemory<byte> Json(ReadOnlyMemory<byte>? field) => field is { } bytes ? bytes[1..] : default;

    /// <summary>From microseconds since 2000. A time that is none of ours, infinity for one, is nobody's event.</summary>
    private static DateTimeOffset Time(long microseconds) =>
        microseconds <= (DateTimeOffset.MinValue - _epoch).Ticks / TimeSpan.TicksPerMicrosecond ? DateTimeOffset.MinValue
        : microseconds >= (DateTimeOffset.MaxValue - _epoch).Ticks / TimeSpan.TicksPerMicrosecond ? DateTimeOffset.MaxValue
        : _epoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    [InlineArray(11)]
    private struct Fields
    {
        private ReadOnlyMemory<byte>? _first;
    }
}

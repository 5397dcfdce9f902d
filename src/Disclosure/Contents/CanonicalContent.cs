using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Disclosure.Canonical;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>
/// The canonical JSON (RFC 8785) of a content as its hash sees it, written straight from the values by path: what
/// <see cref="CommittedContent.Opened"/> shows, with the commitment in each text's place. Every draft is hashed when it is saved.
/// </summary>
internal static class CanonicalContent
{
    private const string Tables = "tables";

    /// <summary>The cells in the order of their names: by table, row and column.</summary>
    private static readonly NamedCell[] _cells =
    [
        .. KnownFormats.Cells.Index()
            .OrderBy(cell => cell.Item.Address.Table, StringComparer.Ordinal)
            .ThenBy(cell => cell.Item.Address.Row, StringComparer.Ordinal)
            .ThenBy(cell => cell.Item.Address.Column, StringComparer.Ordinal)
            .Select(cell => new NamedCell(cell.Index, cell.Item.Address)),
    ];

    public static ReadOnlySpan<byte> Bytes(CellValues cells, ImmutableSortedDictionary<string, StoredValue> words)
    {
        var all = words.ToArray();
        var buffer = new ByteBuffer(8192);
        var areTablesWritten = cells.Count == 0;
        buffer.Put("{"u8);
        foreach (var member in Members(all, new Member(0, all.Length, 0, 0), 0))
        {
            if (!areTablesWritten && member.Name(all).SequenceCompareTo(Tables) > 0)
            {
                WriteTables(buffer, cells);
                areTablesWritten = true;
            }
            Separate(buffer);
            CanonicalText.Write(member.Name(all), buffer);
            buffer.Put(":"u8);
            Write(buffer, all, member, member.NameTo);
        }
        if (!areTablesWritten)
        {
            WriteTables(buffer, cells);
        }
        buffer.Put("}"u8);
        return buffer.Written;
    }

    private static void WriteTables(ByteBuffer buffer, CellValues cells)
    {
        Separate(buffer);
        buffer.Put("\"tables\":{"u8);
        NamedCell? last = null;
        foreach (var cell in _cells)
        {
            if (cells.At(cell.Index) is not { } number)
            {
                continue;
            }
            var isNewTable = last?.Table != cell.Table;
            if (isNewTable)
            {
                buffer.Put(last is null ? ""u8 : "}}"u8);
                Open(buffer, cell.Table);
            }
            if (isNewTable || last!.Row != cell.Row)
            {
                buffer.Put(isNewTable ? ""u8 : "}"u8);
                Open(buffer, cell.Row);
            }
            Separate(buffer);
            buffer.Put(cell.Column);
            WriteNumber(buffer, number);
            last = cell;
        }
        buffer.Put("}}}"u8);
    }

    private static void Open(ByteBuffer buffer, string name)
    {
        Separate(buffer);
        CanonicalText.Write(name, buffer);
        buffer.Put(":{"u8);
    }

    /// <summary>A comma, but not before the first member or item.</summary>
    private static void Separate(ByteBuffer buffer)
    {
        if (buffer.Written[^1] is not ((byte)'{' or (byte)'['))
        {
            buffer.Put(","u8);
        }
    }

    /// <summary>A cell as it is written in its row.</summary>
    private sealed class NamedCell(int index, CellAddress address)
    {
        public int Index => index;

        public string Table => address.Table;

        public string Row => address.Row;

        /// <summary>Its name and the colon behind it.</summary>
        public byte[] Column { get; } = Encoding.UTF8.GetBytes($"\"{address.Column}\":");
    }

    /// <summary>A member of an object or list: which values lie in it, and where in their paths its name stands.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Member(int From, int To, int NameFrom, int NameTo)
    {
        public ReadOnlySpan<char> Name(KeyValuePair<string, StoredValue>[] all) => all[From].Key.AsSpan(NameFrom, NameTo - NameFrom);
    }

    /// <param name="inside">The object or list, with all values that lie in it, in the order of their paths.</param>
    /// <param name="depth">Length of its path.</param>
    private static void Write(ByteBuffer buffer, KeyValuePair<string, StoredValue>[] all, Member inside, int depth)
    {
        if (inside.To - inside.From == 1 && all[inside.From].Key.Length == depth)
        {
            WriteValue(buffer, all[inside.From].Value);
            return;
        }
        var members = Members(all, inside, depth);
        var isList = IsList(all, members);
        buffer.Put(isList ? "["u8 : "{"u8);
        foreach (var member in members)
        {
            Separate(buffer);
            if (!isList)
            {
                CanonicalText.Write(member.Name(all), buffer);
                buffer.Put(":"u8);
            }
            Write(buffer, all, member, member.NameTo);
        }
        buffer.Put(isList ? "]"u8 : "}"u8);
    }

    /// <summary>Members named by numbers are the items of a list, in the order of their numbers.</summary>
    private static bool IsList(KeyValuePair<string, StoredValue>[] all, List<Member> members) =>
        members.Count > 0 && members.TrueForAll(member => !member.Name(all).ContainsAnyExceptInRange('0', '9'));

    /// <summary>The members in their order: paths in order keep what belongs together side by side.</summary>
    private static List<Member> Members(KeyValuePair<string, StoredValue>[] all, Member inside, int depth)
    {
        var members = new List<Member>();
        var name = depth + 1;
        for (int from = inside.From, to; from < inside.To; from = to)
        {
            var path = all[from].Key;
            var end = path.IndexOf('/', name);
            end = end < 0 ? path.Length : end;
            for (to = from + 1; to < inside.To && IsInside(all[to].Key, path, name, end); to++)
            {
            }
            members.Add(new Member(from, to, name, end));
        }
        var isList = IsList(all, members);
        members.Sort((one, other) => isList
            ? int.Parse(one.Name(all), CultureInfo.InvariantCulture).CompareTo(int.Parse(other.Name(all), CultureInfo.InvariantCulture))
            : one.Name(all).SequenceCompareTo(other.Name(all)));
        return members;
    }

    private static bool IsInside(string path, string first, int from, int end) =>
        path.Length > end && path[end] == '/' && path.AsSpan(from, end - from).SequenceEqual(first.AsSpan(from, end - from));

    private static void WriteValue(ByteBuffer buffer, StoredValue value)
    {
        switch (value)
        {
            case StoredValue.Plain(var word):
                CanonicalText.Write(word, buffer);
                break;
            case StoredValue.Text(var text):
                CanonicalText.Write(text.Commitment, buffer);
                break;
            default:
                throw new InvalidOperationException($"unknown stored value {value.GetType().Name}");
        }
    }

    private static void WriteNumber(ByteBuffer buffer, decimal number)
    {
        Span<byte> digits = stackalloc byte[64];
        // Nearly all numbers are counts, which are written many times faster as what they are.
        if (CellNumber.IsPlainCount(number))
        {
            ((long)number).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            buffer.Put(digits[..length]);
        }
        else
        {
            number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            CanonicalJson.WriteNumber(digits[..length], buffer);
        }
    }
}

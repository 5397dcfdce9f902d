using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Disclosure.Canonical;

namespace Disclosure.Contents;

/// <summary>
/// The canonical JSON (RFC 8785) of a content as its hash sees it, written straight from the values by path: what
/// <see cref="CommittedContent.Opened"/> shows, with the commitment in each text's place. Every draft is hashed when it is saved.
/// </summary>
internal static class CanonicalContent
{
    public static ReadOnlySpan<byte> Bytes(ImmutableSortedDictionary<string, StoredValue> values)
    {
        var all = new KeyValuePair<string, StoredValue>[values.Count];
        var count = 0;
        foreach (var value in values)
        {
            all[count++] = value;
        }
        var buffer = new ByteBuffer(8192);
        Write(buffer, all, new Member(0, all.Length, 0, 0), 0);
        return buffer.Written;
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
        // Members named by numbers are the items of a list, in the order of their numbers.
        var isList = members.Count > 0 && members.TrueForAll(member => !member.Name(all).ContainsAnyExceptInRange('0', '9'));
        members.Sort((one, other) => isList
            ? int.Parse(one.Name(all), CultureInfo.InvariantCulture).CompareTo(int.Parse(other.Name(all), CultureInfo.InvariantCulture))
            : one.Name(all).SequenceCompareTo(other.Name(all)));
        buffer.Put(isList ? "["u8 : "{"u8);
        var isFirst = true;
        foreach (var member in members)
        {
            if (!isFirst)
            {
                buffer.Put(","u8);
            }
            isFirst = false;
            if (!isList)
            {
                CanonicalText.Write(member.Name(all), buffer);
                buffer.Put(":"u8);
            }
            Write(buffer, all, member, member.NameTo);
        }
        buffer.Put(isList ? "]"u8 : "}"u8);
    }

    /// <summary>The members: paths in order keep what belongs together side by side.</summary>
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
        return members;
    }

    private static bool IsInside(string path, string first, int from, int end) =>
        path.Length > end && path[end] == '/' && path.AsSpan(from, end - from).SequenceEqual(first.AsSpan(from, end - from));

    private static void WriteValue(ByteBuffer buffer, StoredValue value)
    {
        switch (value)
        {
            case StoredValue.Number(var number):
                Span<byte> digits = stackalloc byte[64];
                // Nearly all numbers are counts, which are written many times faster as what they are.
                _ = CellNumber.IsPlainCount(number)
                    ? ((long)number).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture)
                    : number.TryFormat(digits, out length, default, CultureInfo.InvariantCulture);
                CanonicalJson.WriteNumber(digits[..length], buffer);
                break;
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
}

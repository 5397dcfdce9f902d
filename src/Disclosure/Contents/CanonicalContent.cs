using System.Collections.Immutable;
using System.Globalization;
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
        var buffer = new ByteBuffer(8192);
        Write(buffer, [.. values], 0);
        return buffer.Written;
    }

    /// <param name="values">All that lies inside one object or list, in the order of their paths.</param>
    /// <param name="depth">Length of the path of that object or list.</param>
    private static void Write(ByteBuffer buffer, ReadOnlySpan<KeyValuePair<string, StoredValue>> values, int depth)
    {
        if (values.Length == 1 && values[0].Key.Length == depth)
        {
            WriteValue(buffer, values[0].Value);
            return;
        }
        var members = Members(values, depth);
        // Members named by numbers are the items of a list, in the order of their numbers.
        var isList = members.Count > 0 && members.TrueForAll(member => member.Name.All(char.IsAsciiDigit));
        members.Sort(isList
            ? static (one, other) => int.Parse(one.Name).CompareTo(int.Parse(other.Name))
            : static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        buffer.Put(isList ? "["u8 : "{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            var (name, from, to) = members[i];
            if (i > 0)
            {
                buffer.Put(","u8);
            }
            if (!isList)
            {
                CanonicalText.Write(name, buffer);
                buffer.Put(":"u8);
            }
            Write(buffer, values[from..to], depth + 1 + name.Length);
        }
        buffer.Put(isList ? "]"u8 : "}"u8);
    }

    /// <summary>The members by their names, each with where its values begin and end: paths in order keep what belongs together side by side.</summary>
    private static List<(string Name, int From, int To)> Members(ReadOnlySpan<KeyValuePair<string, StoredValue>> values, int depth)
    {
        var members = new List<(string, int, int)>();
        for (int from = 0, to; from < values.Length; from = to)
        {
            var rest = values[from].Key.AsSpan(depth + 1);
            var end = rest.IndexOf('/');
            var name = end < 0 ? rest : rest[..end];
            for (to = from + 1; to < values.Length && IsInside(values[to].Key.AsSpan(depth + 1), name); to++)
            {
            }
            members.Add((name.ToString(), from, to));
        }
        return members;
    }

    private static bool IsInside(ReadOnlySpan<char> path, ReadOnlySpan<char> name) =>
        path.StartsWith(name, StringComparison.Ordinal) && path.Length > name.Length && path[name.Length] == '/';

    private static void WriteValue(ByteBuffer buffer, StoredValue value)
    {
        switch (value)
        {
            case StoredValue.Number(var number):
                Span<byte> digits = stackalloc byte[64];
                number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
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

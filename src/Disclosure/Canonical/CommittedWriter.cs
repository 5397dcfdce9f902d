using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Disclosure.Canonical;

/// <summary>
/// Writes committed forms (<see cref="CommittedJson"/>) straight from bytes to bytes, into memory that it keeps from one to
/// the next: whoever makes millions of them makes no garbage. Not for two threads at once.
/// </summary>
public sealed class CommittedWriter
{
    private static readonly JsonReaderOptions _options = new() { MaxDepth = 64, AllowMultipleValues = false };

    private readonly ByteBuffer _output = new(8 * 1024);
    private readonly ByteBuffer _scratch = new(4 * 1024);
    private readonly Comparison<Member> _order;
    private Member[] _members = new Member[64];
    private int _count;

    public CommittedWriter() => _order = (one, other) => Compare(one, other);

    /// <summary>What was written since it was last cleared.</summary>
    public ReadOnlySpan<byte> Written => _output.Written;

    public void Clear() => _output.Clear();

    /// <summary>Adds bytes that are canonical already.</summary>
    internal void Put(ReadOnlySpan<byte> canonical) => _output.Put(canonical);

    /// <summary>Adds the canonical form of a string.</summary>
    internal void PutText(ReadOnlySpan<char> text) => CanonicalText.Write(text, _output);

    /// <summary>Adds the committed form of one value.</summary>
    /// <exception cref="JsonException">It is no JSON, or an object has a member twice.</exception>
    public void Write(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException("JSON is UTF-8, and this is not.");
        }
        _count = 0;
        var reader = new Utf8JsonReader(json, _options);
        reader.Read();
        WriteValue(ref reader);
        if (reader.Read())
        {
            throw new JsonException("More than one value stands where one is expected.");
        }
    }

    private void WriteValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader);
                break;
            case JsonTokenType.String:
                WriteString(ref reader);
                break;
            case JsonTokenType.Number:
                CanonicalJson.WriteNumber(reader.ValueSpan, _output);
                break;
            default:
                _output.Put(reader.ValueSpan);
                break;
        }
    }

    private void WriteArray(ref Utf8JsonReader reader)
    {
        _output.Put((byte)'[');
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            if (!first)
            {
                _output.Put((byte)',');
            }
            WriteValue(ref reader);
        }
        _output.Put((byte)']');
    }

    /// <summary>Members are written as they come, one after another, and moved only where they come in another order.</summary>
    private void WriteObject(ref Utf8JsonReader reader)
    {
        var (start, first, isSorted) = (_output.Count, _count, true);
        _output.Put((byte)'{');
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (_count > first)
            {
                _output.Put((byte)',');
            }
            var at = _output.Count;
            WriteString(ref reader);
            var name = _output.Count;
            _output.Put((byte)':');
            reader.Read();
            WriteValue(ref reader);
            Add(new Member(at, name, _output.Count));
            isSorted = isSorted && (_count - first == 1 || Compare(_members[_count - 2], _members[_count - 1]) < 0);
        }
        _output.Put((byte)'}');
        if (!TryCommit(start, first) && !isSorted)
        {
            Sort(start, first);
        }
        _count = first;
    }

    private void Add(Member member)
    {
        if (_count == _members.Length)
        {
            Array.Resize(ref _members, 2 * _count);
        }
        _members[_count++] = member;
    }

    private void Sort(int start, int first)
    {
        var members = _members.AsSpan(first, _count - first);
        members.Sort(_order);
        for (var i = 1; i < members.Length; i++)
        {
            if (Name(members[i]).SequenceEqual(Name(members[i - 1])))
            {
                throw new JsonException($"An object has the member {Encoding.UTF8.GetString(Name(members[i]))} twice.");
            }
        }
        _scratch.Clear();
        _scratch.Put(_output.Written[start..]);
        _output.Cut(start + 1);
        foreach (var member in members)
        {
            if (_output.Count > start + 1)
            {
                _output.Put((byte)',');
            }
            _output.Put(_scratch.Written[(member.From - start)..(member.To - start)]);
        }
        _output.Put((byte)'}');
    }

    /// <summary>Puts a commitment in the place of the object that has just been written, where it is one of a text.</summary>
    private bool TryCommit(int start, int first)
    {
        if (_count - first is not (1 or 2))
        {
            return false;
        }
        var (text, salt, commitment) = (Find(first, "\"text\""u8), Find(first, "\"salt\""u8), Find(first, "\"commitment\""u8));
        if (commitment is { } known && (_count - first == 1 || text is not null))
        {
            _scratch.Clear();
            _scratch.Put(_output.Written[(known.Name + 1)..known.To]);
            _output.Cut(start);
            _output.Put(_scratch.Written);
            return true;
        }
        if (text is { } words && salt is { } digits && CommittedText.IsSalt(_output.Written[(digits.Name + 2)..(digits.To - 1)]))
        {
            Span<byte> hexadecimal = stackalloc byte[CommittedText.CommitmentSize];
            Span<byte> bytes = stackalloc byte[CommittedText.SaltSize];
            Convert.FromHexString(_output.Written[(digits.Name + 2)..(digits.To - 1)], bytes, out _, out _);
            _scratch.Clear();
            _scratch.Put(bytes);
            CanonicalText.Unescape(_output.Written[(words.Name + 2)..(words.To - 1)], _scratch);
            CommittedText.Commit(_scratch.Written, hexadecimal);
            _output.Cut(start);
            _output.PutQuoted(hexadecimal);
            return true;
        }
        return false;
    }

    /// <summary>The member of this name, where its value was written as a string.</summary>
    private Member? Find(int first, ReadOnlySpan<byte> name)
    {
        foreach (var member in _members.AsSpan(first, _count - first))
        {
            if (_output.Written[member.Name + 1] == '"' && Name(member).SequenceEqual(name))
            {
                return member;
            }
        }
        return null;
    }

    private void WriteString(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            _output.PutQuoted(reader.ValueSpan);
            return;
        }
        _scratch.Clear();
        _scratch.Advance(reader.CopyString(_scratch.Free(reader.ValueSpan.Length)));
        CanonicalText.Write(_scratch.Written, _output);
    }

    private int Compare(Member one, Member other) => CanonicalText.Compare(Name(one), Name(other));

    /// <summary>As it was written, in quotation marks.</summary>
    private ReadOnlySpan<byte> Name(Member member) => _output.Written[member.From..member.Name];

    /// <summary>Where a member stands: its name from From, the colon at Name, and its end.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Member(int From, int Name, int To);
}

using System.Text;
using System.Text.Json;
using Disclosure.Canonical;
using Disclosure.Ledger;
using Disclosure.Tests.Documents;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Canonical;

/// <summary>The fast committed form is, byte for byte, what the plain definition says, for whatever JSON there is.</summary>
public class CommittedWriterTests
{
    private static readonly string[] _names =
        ["a", "b", "text", "salt", "commitment", "t\\u0065xt", "to", "from", "path", "é", "€", "一", "\\ud83d\\ude02", "😀", "\uffee", "a\\\"b", "a\\\\", "a\\n", "\\u0000", "", "ab", "aa"];

    private static readonly string[] _values =
        ["0", "-0", "7", "-7", "123456789012345", "1234567890123456", "1e2", "7730.280", "0.1", "1E-7", "9007199254740993", "1e21", "true", "false", "null",
            "\"\"", "\"x\"", "\"漏计两件\"", "\"\\ud83d\\ude02\"", "\"😀\"", "\"\\/\\b\\f\\n\\r\\t\\u001f\\u007f\"", "\"a\\\"\\\\\"", "\"00112233445566778899aabbccddeeff\"",
            "\"0011223344556677\\u0038899aabbccddeeff\"", "\"00112233445566778899AABBCCDDEEFF\"", "\"commit\\u00e9\"", "\"\\ud800\""];

    private static readonly CommittedWriter _used = new();

    [Fact]
    public void For_any_json_both_write_the_same_bytes_or_both_refuse() => Prop.ForAll(Values(5).ToArbitrary(), json =>
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var (slow, fast) = (Written(() => SlowCommittedJson.Bytes(bytes)), Written(() => CommittedJson.Bytes(bytes)));
        Assert.True(slow == fast, $"{json}\n{slow}\n{fast}");
        // A writer that has written other things before, or was thrown out of one, writes the same.
        Assert.Equal(slow, Written(() =>
        {
            _used.Clear();
            _used.Write(bytes);
            return _used.Written.ToArray();
        }));
    }).Check(Cases.Config(3_000));

    [Fact]
    public void For_any_event_the_entry_is_that_of_the_envelope_that_is_given_out() => Prop.ForAll(Envelopes().ToArbitrary(), envelope =>
    {
        var expected = System.Security.Cryptography.SHA256.HashData(SlowCommittedJson.Bytes(envelope.Open()));
        Assert.Equal(expected, envelope.Commitment());
        Assert.Equal(expected, Envelope.CommitmentOf(envelope.Open()));
    }).Check(Cases.Config(1_000));

    [Fact]
    public void What_is_no_utf8_is_refused() => Assert.Throws<JsonException>(() => CommittedJson.Bytes([(byte)'"', 0xFF, (byte)'"']));

    private static string Written(Func<byte[]> write)
    {
        try
        {
            return Encoding.UTF8.GetString(write());
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException or ArgumentException)
        {
            return "refused";
        }
    }

    private static Gen<string> Values(int depth) => depth == 0
        ? Gen.Elements(_values)
        : Gen.Frequency(
            (3, Gen.Elements(_values)),
            (4, Objects(depth)),
            (1, Gen.Resize(Gen.ListOf(Values(depth - 1)), 4).Select(items => $"[ {string.Join(" ,\n", items)}]")),
            (2, from text in Values(depth - 1) from salt in Gen.Elements(_values) from isTurned in Gen.Elements(true, false)
                select isTurned ? $"{{\"salt\":{salt},\"text\":{text}}}" : $"{{\"text\" : {text}, \"salt\":{salt}}}"),
            (1, Values(depth - 1).Select(commitment => $"{{\"commitment\":{commitment}}}")));

    private static Gen<string> Objects(int depth) => Gen.Resize(Gen.ListOf(from name in Gen.Elements(_names) from value in Values(depth - 1) select $"\"{name}\":{value}"), 6)
        .Select(members => $"{{{string.Join(',', members)}}}");

    private static Gen<Envelope> Envelopes() =>
        from data in Values(3).Where(json => Written(() => SlowCommittedJson.Bytes(Encoding.UTF8.GetBytes(json))) != "refused")
        from stream in Gen.Elements("report/11990102000001038J/2023", "agency/一\"\\\n😀", "")
        from actor in Gen.Elements(null, "p_0123", "\u0001é")
        from position in Gen.Choose(1, int.MaxValue)
        from ticks in Gen.Choose(0, int.MaxValue)
        select new Envelope(
            position, new Guid(position, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]), stream, position % 300, "draft_changed", DateTimeOffset.UnixEpoch.AddTicks(ticks * 10_000_019L), actor, null, actor,
            Encoding.UTF8.GetBytes("""{"salt":"00112233445566778899aabbccddeeff","role":"submitter"}"""), Encoding.UTF8.GetBytes(data));
}

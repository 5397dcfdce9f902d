using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Ledger;

/// <summary>A verifier as a stranger writes it from openapi/LEDGER.md: it shares no code with the product.</summary>
internal static class LedgerReading
{
    /// <summary>The canonical form with commitments in the place of texts.</summary>
    public static string Canonical(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return "null";
            case JsonObject { Count: 2 } text when text["text"] is JsonValue words && text["salt"] is JsonValue salt:
                return $"\"{Hex(SHA256.HashData([.. Convert.FromHexString(salt.ToString()), .. Encoding.UTF8.GetBytes(words.ToString())]))}\"";
            case JsonObject closed when closed["commitment"] is JsonValue commitment:
                return $"\"{commitment}\"";
            case JsonObject members:
                return $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{Quoted(member.Key)}:{Canonical(member.Value)}"))}}}";
            case JsonArray items:
                return $"[{string.Join(',', items.Select(Canonical))}]";
            default:
                return node.GetValueKind() == System.Text.Json.JsonValueKind.String ? Quoted(node.ToString()) : node.ToJsonString();
        }
    }

    public static byte[] Commitment(JsonNode envelope) => SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(envelope)));

    public static byte[] Leaf(byte[] commitment) => SHA256.HashData([0, .. commitment]);

    /// <summary>The root that RFC 9162 §2.1.3.2 computes from a leaf and its path.</summary>
    public static byte[] Root(byte[] leaf, long index, long size, IReadOnlyList<byte[]> path)
    {
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in path)
        {
            Assert.NotEqual(0, sn);
            if ((fn & 1) == 1 || fn == sn)
            {
                r = SHA256.HashData([1, .. p, .. r]);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                r = SHA256.HashData([1, .. r, .. p]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        Assert.Equal(0, sn);
        return r;
    }

    /// <summary>Origin, size and root of a checkpoint whose signature one of the keys made.</summary>
    public static (string Origin, long Size, byte[] Root) Checkpoint(string note, JsonNode keys)
    {
        var parts = note.Split("\n\n");
        var lines = (parts[0] + "\n").Split('\n');
        var signature = parts[1].Trim().Split(' ');
        Assert.Equal(("\u2014", lines[0]), (signature[0], signature[1]));
        var bytes = Convert.FromBase64String(signature[2]);
        Assert.Contains(keys["items"]!.AsArray(), key =>
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(key!["publicKey"]!.ToString());
            var der = ecdsa.ExportSubjectPublicKeyInfo();
            return Hex(SHA256.HashData(der)[..4]) == Hex(bytes[..4])
                && ecdsa.VerifyData(Encoding.UTF8.GetBytes(parts[0] + "\n"), bytes[4..], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        });
        return (lines[0], long.Parse(lines[1]), Convert.FromBase64String(lines[2]));
    }

    /// <summary>Index, path and checkpoint of a receipt.</summary>
    public static (long Index, IReadOnlyList<byte[]> Path, string Checkpoint) Receipt(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = text[..end].Split('\n');
        Assert.Equal("c2sp.org/tlog-proof@v1", lines[0]);
        return (long.Parse(lines[1]["index ".Length..]), [.. lines[2..].Select(Convert.FromBase64String)], text[(end + 2)..]);
    }

    public static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }
}

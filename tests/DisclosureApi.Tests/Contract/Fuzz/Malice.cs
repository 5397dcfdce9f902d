using System.Text;

namespace DisclosureApi.Tests.Contract.Fuzz;

/// <summary>Ways to spoil a request that a careful client would have sent.</summary>
internal sealed class Malice(Random random)
{
    private static readonly string[] _methods =
        ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PURGE", "PROPFIND", "get", "G\u00e9T", "GET\0", "A-TOKEN_THAT_IS_LONG_AND_MEANS_NOTHING", "*", "()", "M-SEARCH"];

    private static readonly string[] _tricks =
        ["/", "//", "/.", "/./", "/../", "/..%2f", "/%2e%2e/", "/%2E%2E%2F%2E%2E%2Fetc%2Fpasswd", "\\", "%5c", ";", ";a=b", "%00", "%0d%0aX: y", "%ff", "%c0%af", "%", "%zz", "%u4e00", "~", "'", "\"", "<script>", "{code}", "*", "#x", "\u202e", "名", "%F0%9F%98%80", "|", " "];

    private static readonly string[] _values =
        ["", "0", "-1", "1e999", "99999999999999999999999999", "-9223372036854775809", "NaN", "null", "true", "[]", "{}", "\0", "%00", "%", "../../etc/passwd", "' or '1'='1", "$(id)", "${jndi:ldap://x}", "<b>", "😀", "\u202e", "A\u0300", "*", "2023-13-45", "9999999-01-01T00:00:00Z",
         "2024-02-30T25:61:61+99:99", "9223372036854775807", "2147483648", "0x10", "１２", "eA", "AAAA", "////", "%F0%28%8C%28", "1,2,3,,,", "en;q=2;q=x", "identity;q=0, *;q=0", "W/\"", "\"a\", *", "bytes=0-1,2-", "application/json;charset=\"", "*/*;q=nan"];

    private static readonly string[] _headers =
        ["Accept", "Accept-Encoding", "Accept-Language", "Accept-Datetime", "Accept-Charset", "Authorization", "Content-Type", "Content-Encoding", "Content-Language", "Cookie", "Expect", "Forwarded", "Host", "If-Match", "If-None-Match",
         "If-Modified-Since", "If-Range", "Idempotency-Key", "Last-Event-ID", "Link", "Origin", "Access-Control-Request-Method", "Prefer", "Range", "Referer", "TE", "traceparent", "tracestate", "baggage", "Upgrade", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-HTTP-Method-Override", "X-Original-URL", "X-Request-Id"];

    private static readonly string[] _types =
        ["application/json", "application/json; charset=utf-16", "application/json; charset=\"utf-8\"", "application/merge-patch+json", "text/plain", "text/plain; charset=gb18030", "text/plain; charset=utf-7", "text/html", "text/csv", "text/markdown", "application/pdf", "application/xml", "application/x-ndjson",
         "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=part", "application/x-www-form-urlencoded", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/octet-stream", "nonsense", "/", ";;;", "application/json, text/plain", "a/b;c=\"\\"];

    private static readonly string[] _tokens = ["null", "true", "1e999", "-0.0", "9007199254740993", "1.7976931348623157e309", "0.1234567890123456789", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\u202e\"", "[]", "{}", "[[[[]]]]", "{\"\":{}}", "01", "+1", "'x'", "NaN", "\"\t\""];

    /// <summary>One to three things wrong with it.</summary>
    public void Spoil(Shot shot)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            switch (random.Next(10))
            {
                case 0:
                    shot.Method = Pick(_methods);
                    break;
                case 1:
                    SpoilPath(shot);
                    break;
                case 2 or 3:
                    SpoilQuery(shot);
                    break;
                case 4:
                    shot.Headers.RemoveAll(header => header.Name == "Content-Type");
                    shot.Headers.Add(("Content-Type", Pick(_types)));
                    break;
                case 5 or 6:
                    SpoilHeader(shot);
                    break;
                default:
                    shot.Body = shot.Body is null ? (random.Next(6) == 0 ? "{}"u8.ToArray() : null) : Spoilt(shot.Body);
                    break;
            }
        }
    }

    private void SpoilPath(Shot shot)
    {
        var (path, query) = shot.Target.Split('?') is [var before, .. var rest] ? (before, rest.Length == 0 ? "" : $"?{string.Join('?', rest)}") : (shot.Target, "");
        var slashes = Enumerable.Range(0, path.Length).Where(i => path[i] == '/').ToList();
        var at = slashes.Count == 0 ? path.Length : slashes[random.Next(slashes.Count)];
        shot.Target = random.Next(7) switch
        {
            0 => path.Insert(at, Pick(_tricks)),
            1 => path + Pick(_tricks),
            2 => path.ToUpperInvariant(),
            3 => $"http://elsewhere.example{path}",
            4 => $"{path[..at]}/{Uri.EscapeDataString(Pick(_values))}",
            5 => $"{path}/{new string('a', random.Next(1, 9_000))}",
            _ => $"{path[..at]}/{Pick(_values).Replace("\0", "%00", StringComparison.Ordinal)}",
        } + query;
    }

    private void SpoilQuery(Shot shot)
    {
        var names = shot.Target.Contains('?', StringComparison.Ordinal) ? shot.Target[(shot.Target.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(pair => pair.Split('=')[0]).ToList() : [];
        string[] known = [.. names, "limit", "after", "before", "asOf", "year", "region", "from", "to", "at", "version", "position", "since", "groupBy", "agencies", "\u0001", "a[b][c]"];
        var junk = random.Next(6) switch
        {
            0 => string.Join('&', Enumerable.Repeat($"{Pick(known)}={Uri.EscapeDataString(Pick(_values))}", random.Next(2, 30))),
            1 => string.Join('&', Enumerable.Range(0, 500).Select(i => $"p{i}={i}")),
            2 => $"{Pick(known)}={new string('1', random.Next(1, 7_000))}",
            3 => $"{Pick(known)}={Pick(_values)}",
            4 => "&&&===&%&?",
            _ => $"{Pick(known)}={Uri.EscapeDataString(Pick(_values))}",
        };
        shot.Target = $"{shot.Target}{(shot.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{junk}";
    }

    private void SpoilHeader(Shot shot)
    {
        var name = Pick(_headers);
        var value = random.Next(6) switch
        {
            0 => new string(Pick(["a", ",", "\"", ";", "*/*,", "q"])[0], random.Next(1, 12_000)),
            1 => string.Join(", ", Enumerable.Repeat(Pick(_values), 200)).Replace("\0", "", StringComparison.Ordinal),
            2 => $"{Pick(_values)}\u0001\u007f",
            _ => Pick(_values),
        };
        if (random.Next(3) > 0)
        {
            shot.Headers.RemoveAll(header => header.Name == name);
        }
        shot.Headers.Add((random.Next(30) == 0 ? $"X-\u00e9{random.Next()}" : name, value));
        if (random.Next(40) == 0)
        {
            shot.Headers.AddRange(Enumerable.Range(0, random.Next(200)).Select(i => ($"X-{i}", "y")));
        }
    }

    private byte[] Spoilt(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        var at = random.Next(text.Length + 1);
        var depth = (int)Math.Pow(10, random.Next(1, 6));
        return random.Next(14) switch
        {
            0 => body[..random.Next(body.Length + 1)],
            1 => Flipped(body),
            2 => [.. body, .. body],
            3 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", depth))),
            4 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth)),
            5 => Encoding.UTF8.GetBytes($"{{\"year\":{new string('9', depth)}}}"),
            6 => Encoding.UTF8.GetBytes(text.Insert(at, "\0")),
            7 => [0xef, 0xbb, 0xbf, .. body],
            8 => Encoding.Unicode.GetBytes(text),
            9 => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(Pick(_tokens), Math.Min(depth, 20_000)))}]"),
            10 => Random(random.Next(2_000)),
            11 => random.Next(20) == 0 ? Random(5 * 1024 * 1024) : [],
            12 => Replaced(text),
            _ => Replaced(text),
        };
    }

    /// <summary>One value of it is another, wherever it stands.</summary>
    private byte[] Replaced(string text)
    {
        var colons = Enumerable.Range(0, text.Length).Where(i => text[i] == ':').ToList();
        if (colons.Count == 0)
        {
            return Encoding.UTF8.GetBytes(text + Pick(_tokens));
        }
        var start = colons[random.Next(colons.Count)] + 1;
        var end = text.IndexOfAny([',', '}', ']'], start);
        return Encoding.UTF8.GetBytes(text[..start] + Pick(_tokens) + (end < 0 ? "" : text[end..]));
    }

    private byte[] Flipped(byte[] body)
    {
        var flipped = body.ToArray();
        for (var i = random.Next(1, 20); i > 0 && flipped.Length > 0; i--)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }
        return flipped;
    }

    private byte[] Random(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Pick(string[] list) => list[random.Next(list.Length)];
}

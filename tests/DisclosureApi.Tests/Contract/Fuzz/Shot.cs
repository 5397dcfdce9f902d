using System.Text;
using DisclosureApi.Tests.Contract.Walk;

namespace DisclosureApi.Tests.Contract.Fuzz;

/// <summary>A request as bytes on the wire, so that nothing on the way makes it better than it is.</summary>
internal sealed class Shot
{
    public required string Method { get; set; }

    public required string Target { get; set; }

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[]? Body { get; set; }

    public static Shot Of(Asked asked)
    {
        var shot = new Shot { Method = asked.Method, Target = asked.Address, Body = asked.Body };
        shot.Headers.AddRange(asked.Headers.Select(header => (header.Key, header.Value)));
        if (asked.MediaType is { } type)
        {
            shot.Headers.Add(("Content-Type", type));
        }
        if (asked.Token is { } token)
        {
            shot.Headers.Add(("Authorization", $"Bearer {token}"));
        }
        return shot;
    }

    public byte[] Bytes()
    {
        var head = new StringBuilder().Append(Method).Append(' ').Append(Target).Append(" HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }
        if (Body is not null)
        {
            head.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        }
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    /// <summary>As a person can read it, without the token.</summary>
    public override string ToString()
    {
        var headers = Headers.Where(header => header.Name != "Authorization").Select(header => $"{header.Name}: {Cut(header.Value)}");
        return $"{Method} {Cut(Target)} [{string.Join("; ", headers)}] {(Body is null ? "" : $"{Body.Length} bytes: {Cut(Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 400))))}")}";
    }

    private static string Cut(string text) => string.Concat((text.Length > 300 ? text[..300] + "…" : text).Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
}

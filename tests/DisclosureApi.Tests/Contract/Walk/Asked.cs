using System.Net.Http.Headers;
using System.Text;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>A request in the making: right at first, and then bent in the one way that is being tried.</summary>
internal sealed class Asked(string path)
{
    public string Method { get; set; } = "GET";

    /// <summary>What stands in the places of the path, as it is sent.</summary>
    public Dictionary<string, string> Places { get; } = new(StringComparer.Ordinal);

    public List<(string Name, string Value)> Query { get; } = [];

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public byte[]? Body { get; set; }

    public string? MediaType { get; set; }

    public string? Token { get; set; }

    public string Address => Places.Aggregate(path, (address, place) => address.Replace($"{{{place.Key}}}", place.Value, StringComparison.Ordinal))
        + (Query.Count == 0 ? "" : $"?{string.Join('&', Query.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"))}");

    public HttpRequestMessage Message(Uri host)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(host.GetLeftPart(UriPartial.Authority) + Address));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (MediaType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
            }
        }
        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }
        if (Token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }
        return message;
    }

    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 600)));
        return $"{Method} {Address} [{string.Join("; ", Headers.Select(header => $"{header.Key}: {header.Value}"))}] {MediaType} {body}";
    }
}

using System.Buffers;
using System.Globalization;
using DisclosureApi.Http;

namespace DisclosureApi.Audit;

/// <summary>A page of a feed, which only grows at its end: after is a number in plain sight, so that a reader can begin where it likes.</summary>
/// <param name="Limit">Null when the request names none.</param>
internal sealed record FeedPage(long After, int? Limit)
{
    private const long Most = (1L << 53) - 1;

    public static FeedPage Of(HttpRequest request) => new(
        request.Query["after"] switch
        {
            [] => 0,
            [var text] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) && after <= Most => after,
            _ => throw Page.Wrong("after应为0或正整数", "after must be 0 or a positive integer, given once."),
        },
        Page.GivenLimit(request));

    /// <summary>The answer to a page whose items were written into the buffer, with commas between.</summary>
    /// <param name="last">Up to where was looked.</param>
    public static Answer Answer(string path, string query, ArrayBufferWriter<byte> items, long last, bool isMore)
    {
        var next = $"{path}?after={last}{query}";
        var body = Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("items");
            writer.WriteRawValue([.. "["u8, .. items.WrittenSpan, .. "]"u8], skipInputValidation: true);
            writer.WriteNumber("last", last);
            writer.WriteString("next", isMore ? next : null);
            writer.WriteEndObject();
        });
        return new Answer(StatusCodes.Status200OK, body, etag: "") { Headers = [("Link", Links(path, query, isMore ? next : null))] };
    }

    public static string Links(string path, string query, string? next) =>
        $"<{path}?after=0{query}>; rel=\"first\"{(next is null ? "" : $", <{next}>; rel=\"next\"")}";
}

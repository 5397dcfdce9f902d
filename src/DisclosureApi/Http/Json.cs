using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DisclosureApi.Http;

/// <summary>JSON as this API writes it: UTF-8 with Chinese as it is, camelCase, enumerations by name.</summary>
public static class Json
{
    public const string MediaType = "application/json";

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private const int LeastRoom = 8 * 1024;
    private const int MostSpared = 128 * 1024;

    /// <summary>Room that was written in before, so that not every answer grows its own from nothing.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _spare;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = _spare ?? new ArrayBufferWriter<byte>(LeastRoom);
        // Who writes may ask for the bytes of something else meanwhile.
        _spare = null;
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(writer);
        }
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= MostSpared)
        {
            buffer.ResetWrittenCount();
            _spare = buffer;
        }
        return bytes;
    }

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);
}

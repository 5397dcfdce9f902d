using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Disclosure.Rules;

/// <summary>Findings as JSON, the same in answers and in events: a stored result is shown with the words it was stored with.</summary>
public static class AssessmentJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Text(Assessment assessment) => JsonSerializer.Serialize(assessment, Options);

    public static byte[] Bytes(Assessment assessment) => Encoding.UTF8.GetBytes(Text(assessment));

    public static void Write(Utf8JsonWriter writer, Assessment assessment) => JsonSerializer.Serialize(writer, assessment, Options);

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Finding> findings) => JsonSerializer.Serialize(writer, findings, Options);

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<NotAssessed> notAssessed) => JsonSerializer.Serialize(writer, notAssessed, Options);

    public static Assessment Parse(string json) => JsonSerializer.Deserialize<Assessment>(json, Options)!;
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Disclosure.Contents;

/// <summary>
/// How a filing was read, as one text: readings and notes together, so that events can commit to all of it with one salt
/// (what is printed in a cell may be anything, a person's name included).
/// </summary>
public static class ReadingText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null when the filing was not read from a document and carries no readings.</summary>
    public static string? Of(Filing filing)
    {
        if (filing.Readings.Count == 0 && filing.Notes.Count == 0)
        {
            return null;
        }
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            ReadingsWriter.Write(writer, filing.Readings, filing.Notes);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static (IReadOnlyDictionary<string, Reading> Readings, IReadOnlyList<Note> Notes) Open(string? text)
    {
        if (text is null)
        {
            return (Filing.NoReadings, []);
        }
        using var document = JsonDocument.Parse(text);
        var (filing, _) = FilingReader.Read(document.RootElement);
        return (filing.Readings, filing.Notes);
    }
}

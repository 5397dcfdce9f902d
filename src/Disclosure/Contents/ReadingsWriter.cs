using System.Text.Json;

namespace Disclosure.Contents;

/// <summary>Writes where each cell was read from, and the notes of the reader.</summary>
public static class ReadingsWriter
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, Reading> readings, IReadOnlyList<Note> notes)
    {
        writer.WriteStartObject("readings");
        foreach (var (pointer, reading) in readings)
        {
            writer.WritePropertyName(pointer);
            Write(writer, reading);
        }
        writer.WriteEndObject();
        writer.WriteStartArray("notes");
        foreach (var note in notes)
        {
            writer.WriteStartObject();
            writer.WriteString("code", note.Code);
            WriteMessage(writer, "messages", note.Messages);
            writer.WriteString("at", note.At);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void WriteMessage(Utf8JsonWriter writer, string name, Message? message)
    {
        if (message is null)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartObject(name);
        writer.WriteString("zh", message.Zh);
        writer.WriteString("en", message.En);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Reading reading)
    {
        writer.WriteStartObject();
        writer.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(reading.State.ToString()));
        writer.WriteString("raw", reading.Raw);
        WriteInteger(writer, "line", reading.Line);
        WriteInteger(writer, "column", reading.Column);
        writer.WriteStartArray("candidates");
        foreach (var candidate in reading.Candidates)
        {
            writer.WriteNumberValue(candidate);
        }
        writer.WriteEndArray();
        WriteMessage(writer, "why", reading.Why);
        writer.WriteEndObject();
    }

    private static void WriteInteger(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}

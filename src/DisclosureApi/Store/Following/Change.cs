using System.Globalization;
using System.Text.Json;
using DisclosureApi.Http.History;

namespace DisclosureApi.Store.Following;

/// <summary>Something that anyone may see happen. It holds no text that a person wrote, so that nothing can ever have to be removed from where it is kept.</summary>
/// <param name="Year">Of the report; null for what happened to an entry of the register.</param>
/// <param name="Revision">The one that the report's public life is about after it.</param>
internal sealed record Change(long Position, Guid Id, string Type, DateTimeOffset At, string Agency, int? Year, int? Revision)
{
    /// <summary>The stored types that anyone may hear of, with the names they go by in public. A publication after the first is a correction.</summary>
    public static IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["report_published"] = "published",
        ["report_archived"] = Archived,
        ["report_withdrawn"] = "withdrawn",
        ["report_reinstated"] = "reinstated",
        ["texts_redacted"] = "redacted",
        ["agency_registered"] = "agencyRegistered",
        ["agency_changed"] = "agencyChanged",
        ["agency_renamed"] = "agencyRenamed",
        ["agency_merged"] = "agencyMerged",
        ["agency_dissolved"] = "agencyDissolved",
        ["agency_restored"] = "agencyRestored",
        ["duty_decided"] = "dutyDecided",
        ["error_report_answered"] = "errorReportAnswered",
        ["error_report_dismissed"] = "errorReportDismissed",
        ["error_report_redacted"] = "errorReportRedacted",
    };

    public const string Corrected = "corrected";
    public const string Archived = "archived";

    /// <summary>Every name that a change may go by in public.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Types.Values, Corrected];

    /// <summary>The region of the body as the register has it now, by which those who listen may choose; it is not told.</summary>
    public string? Region { get; init; }

    /// <param name="revision">The last one published by then.</param>
    public static string NameOf(string stored, int? revision) => Types[stored] is var name && name == "published" && revision > 1 ? Corrected : name;

    /// <summary>Number of the reader's error report that it happened to; null where it happened to the report itself, or to the register.</summary>
    public int? ErrorReport { get; init; }

    public string Address => Year is { } year
        ? string.Create(CultureInfo.InvariantCulture, $"/v1/agencies/{Agency}/reports/{year}{(ErrorReport is null ? "" : "/error-reports/")}{ErrorReport}")
        : $"/v1/agencies/{Agency}";

    public byte[] Json { get; private init; } = [];

    /// <summary>The same, with its JSON made once for all who will hear of it.</summary>
    public Change Rendered() => this with { Json = Http.Json.Bytes(Write) };

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("position", Position);
        writer.WriteString("type", Type);
        writer.WriteString("at", Moment.Text(At));
        writer.WriteString("agency", Agency);
        WriteNumber(writer, "year", Year);
        WriteNumber(writer, "revision", Revision);
        writer.WriteString("address", Address);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? value)
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

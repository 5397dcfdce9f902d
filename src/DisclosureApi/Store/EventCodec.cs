using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Disclosure.Agencies;
using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;

namespace DisclosureApi.Store;

/// <summary>
/// Events to JSON and back. THE NAMES BELOW ARE A STORAGE FORMAT: an event type may be added; none may be renamed or
/// removed, because what was stored under it must stay readable for decades.
/// </summary>
public static class EventCodec
{
    private static readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal)
    {
        ["agency_registered"] = typeof(AgencyEvent.AgencyRegistered),
        ["agency_changed"] = typeof(AgencyEvent.AgencyChanged),
        ["agency_renamed"] = typeof(AgencyEvent.AgencyRenamed),
        ["agency_merged"] = typeof(AgencyEvent.AgencyMerged),
        ["agency_dissolved"] = typeof(AgencyEvent.AgencyDissolved),
        ["agency_restored"] = typeof(AgencyEvent.AgencyRestored),
        ["duty_decided"] = typeof(AgencyEvent.DutyDecided),
        ["draft_changed"] = typeof(ReportEvent.DraftChanged),
        ["document_imported"] = typeof(ReportEvent.DocumentImported),
        ["report_compiled"] = typeof(ReportEvent.ReportCompiled),
        ["compilation_adjusted"] = typeof(ReportEvent.CompilationAdjusted),
        ["draft_discarded"] = typeof(ReportEvent.DraftDiscarded),
        ["secrecy_reviewed"] = typeof(ReportEvent.SecrecyReviewed),
        ["findings_acknowledged"] = typeof(ReportEvent.FindingsAcknowledged),
        ["report_submitted"] = typeof(ReportEvent.ReportSubmitted),
        ["submission_recalled"] = typeof(ReportEvent.SubmissionRecalled),
        ["report_returned"] = typeof(ReportEvent.ReportReturned),
        ["waiver_decided"] = typeof(ReportEvent.WaiverDecided),
        ["report_approved"] = typeof(ReportEvent.ReportApproved),
        ["report_published"] = typeof(ReportEvent.ReportPublished),
        ["correction_opened"] = typeof(ReportEvent.CorrectionOpened),
        ["report_withdrawn"] = typeof(ReportEvent.ReportWithdrawn),
        ["report_reinstated"] = typeof(ReportEvent.ReportReinstated),
        ["report_archived"] = typeof(ReportEvent.ReportArchived),
        ["report_rechecked"] = typeof(ReportEvent.ReportRechecked),
        ["texts_redacted"] = typeof(ReportEvent.TextsRedacted),
        ["error_reported"] = typeof(ErrorReportEvent.ErrorReported),
        ["error_report_answered"] = typeof(ErrorReportEvent.ErrorReportAnswered),
        ["error_report_dismissed"] = typeof(ErrorReportEvent.ErrorReportDismissed),
        ["error_report_redacted"] = typeof(ErrorReportEvent.ErrorReportRedacted),
    };

    private static readonly Dictionary<Type, string> _names = _types.ToDictionary(entry => entry.Value, entry => entry.Key);

    private static readonly Dictionary<Type, string> _dotnetNames = _types.Values.ToDictionary(type => type, type => $"{type.FullName}, {type.Assembly.GetName().Name}");

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static IReadOnlyCollection<Type> Types => _types.Values;

    /// <summary>The names that events are stored under.</summary>
    public static IReadOnlyCollection<string> Names => _types.Keys;

    /// <summary>The name an event is stored under.</summary>
    public static string NameOf(object happened) => _names[happened.GetType()];

    /// <summary>The .NET name that Marten looks for: the type and its assembly, without a version.</summary>
    public static string DotnetTypeOf(object happened) => _dotnetNames[happened.GetType()];

    public static string Encode(object happened) => JsonSerializer.Serialize(happened, happened.GetType(), Options);

    public static object Decode(string name, string json) => JsonSerializer.Deserialize(json, TypeOf(name), Options)!;

    public static object Decode(string name, ReadOnlySpan<byte> utf8Json) => JsonSerializer.Deserialize(utf8Json, TypeOf(name), Options)!;

    private static Type TypeOf(string name) =>
        _types.TryGetValue(name, out var type)
            ? type
            : throw new InvalidOperationException($"The store holds an event of type \"{name}\", which this program does not know. It was written by a newer one.");
}

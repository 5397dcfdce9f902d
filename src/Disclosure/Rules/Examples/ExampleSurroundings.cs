using System.Globalization;
using Disclosure.Agencies;
using Disclosure.Rules.Likenesses;

namespace Disclosure.Rules.Examples;

/// <summary>
/// The paths by which examples change what is around a filing: <c>agency</c> (null: unknown; or <c>agency/level</c> …),
/// <c>previous</c> (null: unknown; or a pointer into its content), <c>publication/…</c>, <c>correction/…</c>,
/// <c>similar</c> and <c>members</c> (see below).
/// </summary>
internal static class ExampleSurroundings
{
    public static Surroundings Change(RuleInput input, string path, string? value)
    {
        var around = input.Surroundings;
        var (room, rest) = path.Split('/', 2) is [var first, var second] ? (first, second) : (path, "");
        return room switch
        {
            "agency" => around with { Agency = rest.Length == 0 ? null : Change(around.Agency!, rest, value) },
            "named" => around with { Named = rest.Length == 0 ? null : Change(around.Named ?? around.Agency!, rest, value) },
            "filedOn" => around with { FiledOn = Day(value) },
            "previous" => around with { Previous = rest.Length == 0 ? null : Change(around.Previous!, rest, value) },
            "predecessor" => around with { Previous = null, Predecessors = [Change(around.Predecessors is [var known] ? known : around.Previous!, rest, value)] },
            "checkedAgainst" => around with { CheckedAgainst = Number(value) },
            "enforcement" => around with
            {
                Enforcement = new Dictionary<string, decimal>(around.Enforcement ?? new Dictionary<string, decimal>(StringComparer.Ordinal), StringComparer.Ordinal) { [$"/{rest}"] = Number(value)!.Value },
            },
            "similar" => around with { Similar = value is null ? null : [new SimilarReport(ExampleReport.OtherAgency, value, input.Year, 1, OwnWords.Of(input.Content, input.Filing.AgencyName))] },
            "publication" => around with { Publication = rest.Length == 0 ? null : Change(around.Publication!, rest, value) },
            "correction" => around with { Correction = Change(around.Correction ?? new Correction(input.Content, null), rest, value) },
            "members" => around with { Compilation = ExampleCompilation.Change(around.Compilation ?? ExampleCompilation.Of(input), rest, value) },
            _ => throw new ArgumentException($"Examples know no path {path}.", nameof(path)),
        };
    }

    public static KnownReport Change(KnownReport report, string path, string? value) => path switch
    {
        "" => report,
        "revision" => report with { Revision = Number(value)!.Value },
        "agencyName" => report with { AgencyName = value! },
        _ => report with { Content = ExampleChange.Change(report.Content, $"/{path}", value) },
    };

    public static Agency Change(Agency agency, string field, string? value) => field switch
    {
        "code" => agency with { Code = value! },
        "name" => agency with { Name = value! },
        "region" => agency with { Region = value! },
        "level" => agency with { Level = Enum.Parse<AgencyLevel>(value!, ignoreCase: true) },
        "kind" => agency with { Kind = Enum.Parse<AgencyKind>(value!, ignoreCase: true) },
        "line" => agency with { Line = value },
        "validFrom" => agency with { ValidFrom = Day(value)!.Value },
        "validTo" => agency with { ValidTo = Day(value) },
        _ => throw new ArgumentException($"Examples know no field {field} of an agency.", nameof(field)),
    };

    private static Publication Change(Publication publication, string field, string? value) => field switch
    {
        "on" => publication with { On = Day(value)!.Value },
        "submittedOn" => publication with { SubmittedOn = Day(value) },
        "localDue" => publication with { LocalDue = Day(value) },
        "secrecyReviewed" => publication with { SecrecyReviewed = value is null ? null : bool.Parse(value) },
        "reviewedByAuthor" => publication with { ReviewedByAuthor = value is null ? null : bool.Parse(value) },
        "copy" => publication with { Copies = new Dictionary<string, string>(StringComparer.Ordinal) { [ExampleReport.CopyAddress] = value! } },
        _ => throw new ArgumentException($"Examples know no field {field} of a publication.", nameof(field)),
    };

    private static Correction Change(Correction correction, string path, string? value) => path switch
    {
        "reason" => correction with { Reason = value },
        _ => correction with { Public = ExampleChange.Change(correction.Public, $"/{path}", value) },
    };

    public static int? Number(string? value) => value is null ? null : int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? value) => value is null ? null : DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

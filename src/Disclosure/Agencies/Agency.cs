using System.Globalization;

namespace Disclosure.Agencies;

/// <summary>The level of government a body belongs to.</summary>
public enum AgencyLevel
{
    National,
    Province,
    Prefecture,
    County,
    Township,
}

/// <summary>What kind of body reports.</summary>
public enum AgencyKind
{
    /// <summary>A government as a whole, with a compiled report.</summary>
    Government,

    /// <summary>The general office of a government, for its own body's report.</summary>
    Office,
    Department,
    Township,

    /// <summary>The administration of a development zone.</summary>
    Zone,

    /// <summary>A body authorised by law to administer public affairs (条例 art. 54).</summary>
    Authorised,
}

/// <summary>A body that owes reports, as the register knows it.</summary>
/// <param name="Code">Unified social credit code.</param>
/// <param name="Region">6 digits of GB/T 2260, or 9 with the township's three.</param>
/// <param name="Supervisor">Code of the office that reviews its reports; null for the national office.</param>
/// <param name="Line">Code of the vertical system it reports within; null for a body of a regional government.</param>
/// <param name="ValidTo">Last day of its existence; null while it exists.</param>
/// <param name="Successors">Codes of the bodies that took over its duties.</param>
public sealed record Agency(
    string Code,
    string Name,
    string Region,
    AgencyLevel Level,
    AgencyKind Kind,
    string? Supervisor,
    string? Line,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    IReadOnlyList<string> Successors)
{
    /// <summary>The name of the agency's stream of events. This is a storage format.</summary>
    public static string Stream(string code) => $"agency/{code}";

    /// <summary>Every field that may change, by path, in the order of the API.</summary>
    public IReadOnlyDictionary<string, string> Fields()
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["/name"] = Name,
            ["/region"] = Region,
            ["/level"] = Level.ToString(),
            ["/kind"] = Kind.ToString(),
            ["/supervisor"] = Supervisor,
            ["/line"] = Line,
            ["/validFrom"] = Day(ValidFrom),
            ["/validTo"] = ValidTo is { } last ? Day(last) : null,
        };
        for (var i = 0; i < Successors.Count; i++)
        {
            fields.Add($"/successors/{i}", Successors[i]);
        }
        return fields.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value!, StringComparer.Ordinal);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

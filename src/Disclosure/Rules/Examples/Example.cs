using System.Globalization;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Rules.Examples;

/// <summary>
/// A small change of the clean report, as data: the catalogue shows it, and the tests carry it out. A path is a pointer
/// into the content, as findings have them, or <c>/agencyName</c>, <c>/readings/…</c> or <c>/surroundings/…</c>
/// (see <see cref="ExampleSurroundings"/>). The value is what stands there instead; null takes it away, and of a row or a
/// table all cells.
/// </summary>
public sealed record Example(IReadOnlyList<ExampleChange> Changes)
{
    /// <summary>The report year; the clean report's words follow it.</summary>
    public int Year { get; init; } = ExampleReport.Year;

    /// <summary>The form of the clean report's tables; null for the one its year calls for.</summary>
    public string? Form { get; init; }

    /// <summary>The clean report as it is.</summary>
    public static Example Clean { get; } = Of();

    public static Example Of(params IReadOnlyList<(string Path, string? Value)> changes) =>
        new([.. changes.Select(change => new ExampleChange(change.Path, change.Value))]);

    /// <summary>The same with more changes.</summary>
    public Example And(params IReadOnlyList<(string Path, string? Value)> changes) => this with { Changes = [.. Changes, .. Of(changes).Changes] };

    /// <summary>The clean report with the changes made.</summary>
    public RuleInput Input()
    {
        var clean = ExampleReport.For(Year, KnownFormats.ByKey(Form) ?? KnownFormats.ForYear(Year)!);
        return Changes.Aggregate(clean, (input, change) => change.Apply(input));
    }
}

/// <summary>What stands at one path instead.</summary>
public sealed record ExampleChange(string Path, string? Value)
{
    private const string Readings = "/readings";
    private const string Around = "/surroundings";

    /// <summary>Whether the value is a number, which the catalogue then shows as one.</summary>
    public bool IsNumber => Value is not null && Path.Contains("/tables/", StringComparison.Ordinal) && !Path.StartsWith(Readings, StringComparison.Ordinal)
        && !Path.StartsWith("/source/", StringComparison.Ordinal);

    public RuleInput Apply(RuleInput input) => Path switch
    {
        "/agencyName" => new RuleInput(input.Year, input.Filing with { AgencyName = Value }, input.Surroundings),
        _ when Path.StartsWith(Readings, StringComparison.Ordinal) => new RuleInput(input.Year, Read(input.Filing, Path[Readings.Length..]), input.Surroundings),
        _ when Path.StartsWith(Around, StringComparison.Ordinal) =>
            new RuleInput(input.Year, input.Filing, ExampleSurroundings.Change(input, Path[(Around.Length + 1)..], Value)),
        _ => new RuleInput(input.Year, input.Filing with { Content = Change(input.Content, Path, Value) }, input.Surroundings),
    };

    /// <summary>The content with another value at this pointer.</summary>
    public static ReportContent Change(ReportContent content, string path, string? value)
    {
        if (value is null)
        {
            var cells = content.Cells.Keys.Where(address => address.Pointer == path || address.Pointer.StartsWith(path + "/", StringComparison.Ordinal));
            return cells.Aggregate(content.With(path, null), (all, address) => all.Without(address));
        }
        return CellAddress.Parse(path) is { } cell
            ? content.With(cell, decimal.Parse(value, NumberStyles.Number, CultureInfo.InvariantCulture))
            : content.With(path, value);
    }

    /// <summary>
    /// How a cell was read: the value is what was printed in it. With <c>@</c> and a line it was read there for sure,
    /// else it held no number.
    /// </summary>
    private Filing Read(Filing filing, string path)
    {
        var (pointer, line) = path.Split('@') is [var cell, var at] ? (cell, int.Parse(at, NumberStyles.None, CultureInfo.InvariantCulture)) : (path, (int?)null);
        return filing with
        {
            Content = line is null ? Change(filing.Content, pointer, null) : filing.Content,
            Readings = new Dictionary<string, Reading>(filing.Readings, StringComparer.Ordinal)
            {
                [pointer] = new Reading(line is null ? ReadingState.Blank : ReadingState.Sure, Value, line, null, [], null),
            },
        };
    }
}

using System.Globalization;
using System.Text.Json;
using Disclosure.Statistics;

namespace DisclosureApi.Statistics.Timeliness;

/// <summary>How many bodies of a group were in time, late, or have published nothing, as of a day.</summary>
internal sealed class TimelinessCount
{
    private readonly SortedDictionary<string, long> _steps = new(StringComparer.Ordinal) { ["agency"] = 0, ["either"] = 0, ["supervisor"] = 0, ["unknown"] = 0 };
    private long _due;
    private long _filed;
    private long _published;
    private long _withdrawn;
    private long _onTime;
    private long _lateByRegulation;
    private long _lateByNotice;
    private long _lateLocally;
    private long _missing;
    private long _notYetDue;

    /// <param name="on">The day on which it is asked; what is due later is not missing yet.</param>
    public void Add(DeliveredBodies bodies, long count, DateOnly on)
    {
        var isOver = on > bodies.Due;
        _due += count;
        _filed += bodies.IsFiled ? count : 0;
        _withdrawn += bodies.State == "withdrawn" ? count : 0;
        _published += bodies.State == "published" ? count : 0;
        _onTime += bodies is { IsPublished: true, IsLate: false } ? count : 0;
        _lateByRegulation += bodies.IsLateByRegulation ? count : 0;
        _lateByNotice += bodies.IsLate ? count : 0;
        _lateLocally += bodies.IsLateLocally ? count : 0;
        _missing += !bodies.IsPublished && isOver ? count : 0;
        _notYetDue += !bodies.IsPublished && !isOver ? count : 0;
        _steps[StepOf(bodies)] += bodies.IsLate || (!bodies.IsPublished && isOver) ? count : 0;
    }

    /// <summary>Both the agency and its supervisor may publish what is approved, so that neither can make the other late.</summary>
    private static string StepOf(DeliveredBodies bodies) => bodies switch
    {
        { IsStepKnown: false } => "unknown",
        { Step: "submitted" } => "supervisor",
        { Step: "approved" } => "either",
        _ => "agency",
    };

    public void Write(Utf8JsonWriter writer)
    {
        foreach (var (name, value) in Counts())
        {
            writer.WriteNumber(name, value);
        }
        // Of those whose day has come, published or not.
        var rate = new Rate(_onTime, _due - _notYetDue, _due - _notYetDue);
        StatisticsTable.WriteNumber(writer, "onTimeRate", rate.Percent);
        writer.WriteBoolean("lowReliability", rate.IsOfLowReliability);
        writer.WriteStartObject("lateAtStep");
        foreach (var (step, count) in _steps)
        {
            writer.WriteNumber(step, count);
        }
        writer.WriteEndObject();
    }

    public IEnumerable<string?> Line() => Counts().Select(count => count.Value).Concat(_steps.Values).Select(count => count.ToString(CultureInfo.InvariantCulture));

    public static IEnumerable<string> Columns() => new TimelinessCount().Counts().Select(count => count.Name).Concat(new TimelinessCount()._steps.Keys.Select(step => $"lateAt_{step}"));

    private (string Name, long Value)[] Counts() =>
    [
        ("due", _due), ("filed", _filed), ("published", _published), ("withdrawn", _withdrawn), ("onTime", _onTime), ("lateByRegulation", _lateByRegulation), ("lateByNotice", _lateByNotice),
        ("lateLocally", _lateLocally), ("missing", _missing), ("notYetDue", _notYetDue),
    ];
}

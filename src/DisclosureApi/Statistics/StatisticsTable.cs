using System.Globalization;
using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Statistics;

namespace DisclosureApi.Statistics;

/// <summary>What the reports of a group add up to, with how many bodies were to report.</summary>
internal sealed record StatisticsGroup(GroupKey Key, FigureSum Sum, long Due)
{
    /// <summary>The same group a year earlier; null where no report is known of it.</summary>
    public FigureSum? YearBefore { get; init; }

    /// <summary>Bodies that owe the year's report and have none that is public.</summary>
    public long Missing => Due - Sum.Owed;
}

/// <summary>The answer to a question about sums and shares, as JSON and as a table.</summary>
/// <param name="Within">The region that was asked for; null for the country.</param>
internal sealed record StatisticsTable(IReadOnlyList<StatisticsGroup> Groups, IReadOnlyList<AskedFigure> Figures, Citation Citation, string? Within)
{
    public static readonly string[] Columns =
    [
        "year", "region", "regionName", "level", "kind", "tree", "reports", "due", "missing", "code", "name", "applicantClass", "value", "unit",
        "numerator", "denominator", "assessed", "notAssessable", "lowReliability", "change", "changePercent", "asOf",
    ];

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        Citation.Write(writer);
        writer.WriteStartArray("groups");
        foreach (var group in Groups)
        {
            WriteGroup(writer, group);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A line for each figure of each group.</summary>
    public byte[] Csv() => CsvTable.Write(Columns, Groups.SelectMany(group => Figures.Select(asked => Line(group, asked))));

    public static string? NameOf(string? region) => region is null ? null : Regions.Find(region)?.Name;

    /// <summary>A row of the place itself among those of its divisions holds its own bodies alone (本级), and not the whole.</summary>
    public static string? NameOf(string? region, string? within) => NameOf(region) is { } name ? region == within ? $"{name}（本级）" : name : null;

    private void WriteGroup(Utf8JsonWriter writer, StatisticsGroup group)
    {
        var key = group.Key;
        writer.WriteStartObject();
        writer.WriteNumber("year", key.Year);
        writer.WriteString("region", key.Region);
        writer.WriteString("regionName", NameOf(key.Region, Within));
        writer.WriteString("level", key.Level);
        writer.WriteString("kind", key.Kind);
        writer.WriteString("tree", key.Tree);
        writer.WriteNumber("reports", group.Sum.Reports);
        writer.WriteNumber("due", group.Due);
        writer.WriteNumber("missing", group.Missing);
        writer.WriteStartArray("figures");
        foreach (var asked in Figures)
        {
            writer.WriteStartObject();
            WriteFigure(writer, asked, asked.In(group.Sum));
            WriteChange(writer, Change(group, asked));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void WriteFigure(Utf8JsonWriter writer, AskedFigure asked, Figure figure)
    {
        writer.WriteString("code", asked.Code);
        writer.WriteString("applicantClass", asked.Class);
        WriteNumber(writer, "value", figure.Value);
        writer.WriteString("unit", asked.Unit);
        WriteNumber(writer, "numerator", figure.Numerator);
        WriteNumber(writer, "denominator", figure.Denominator);
        WriteNumber(writer, "n", figure.Denominator);
        writer.WriteNumber("assessed", figure.Assessed);
        writer.WriteNumber("notAssessable", figure.NotAssessable);
        if (figure.IsOfLowReliability is { } low)
        {
            writer.WriteBoolean("lowReliability", low);
        }
        else
        {
            writer.WriteNull("lowReliability");
        }
    }

    public static void WriteNumber(Utf8JsonWriter writer, string name, decimal? value)
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

    private static void WriteChange(Utf8JsonWriter writer, (decimal Difference, decimal? Percent)? change)
    {
        if (change is not var (difference, percent))
        {
            writer.WriteNull("change");
            return;
        }
        writer.WriteStartObject("change");
        writer.WriteNumber("difference", difference);
        WriteNumber(writer, "percent", percent);
        writer.WriteEndObject();
    }

    /// <summary>Year on year: of a share in percentage points, of a sum also in percent of what it was.</summary>
    private static (decimal Difference, decimal? Percent)? Change(StatisticsGroup group, AskedFigure asked)
    {
        if (group.YearBefore is not { } before || asked.In(before).Value is not { } then || asked.In(group.Sum).Value is not { } now)
        {
            return null;
        }
        var percent = asked.Rate is null && then > 0 ? Rounding.TwoDecimals((now - then) / then * 100) : (decimal?)null;
        return (now - then, percent);
    }

    private IReadOnlyList<string?> Line(StatisticsGroup group, AskedFigure asked)
    {
        var (key, figure, change) = (group.Key, asked.In(group.Sum), Change(group, asked));
        return
        [
            CsvTable.Number(key.Year), key.Region, NameOf(key.Region, Within), key.Level, key.Kind, key.Tree, CsvTable.Number(group.Sum.Reports), CsvTable.Number(group.Due), CsvTable.Number(group.Missing),
            asked.Code, asked.Name.Zh, asked.Class, CsvTable.Number(figure.Value), asked.Unit, CsvTable.Number(figure.Numerator), CsvTable.Number(figure.Denominator),
            CsvTable.Number(figure.Assessed), CsvTable.Number(figure.NotAssessable), figure.IsOfLowReliability is { } low ? (low ? "true" : "false") : null,
            CsvTable.Number(change?.Difference), CsvTable.Number(change?.Percent), Citation.AsOf.Position.ToString(CultureInfo.InvariantCulture),
        ];
    }
}

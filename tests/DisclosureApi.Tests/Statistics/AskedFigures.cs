namespace DisclosureApi.Tests.Statistics;

/// <summary>A figure of reports, worked out by hand: a share from its formula, a measure from its cells.</summary>
internal static class AskedFigures
{
    /// <summary>What each report gives of a measure; those that do not give it are left out.</summary>
    public static List<decimal> Values(string code, string column, IEnumerable<Counted> reports)
    {
        var at = code.Split('.');
        var (table, row, cell) = at[0] == "applications" ? (at[0], string.Join('.', at[1..]), column) : (at[0], at[1], at[2]);
        return [.. reports.Where(report => !table.StartsWith("proactive", StringComparison.Ordinal) || table == $"proactive{report.Proactive}")
            .Select(report => report.Cell(table.TrimEnd("0123456789".ToCharArray()), row, cell)).OfType<decimal>()];
    }

    /// <summary>Both parts of a share of each report that gives them.</summary>
    public static List<(decimal Numerator, decimal Denominator)> Parts(string code, string column, IEnumerable<Counted> reports) =>
        [.. reports.Select(report => Formulas.Shares[code](report, column)).Where(share => share.Numerator is not null && share.Denominator is not null).Select(share => (share.Numerator!.Value, share.Denominator!.Value))];

    /// <summary>The figure of all together, as it is told.</summary>
    public static decimal? Of(string code, string column, IReadOnlyList<Counted> reports)
    {
        if (!Formulas.Shares.ContainsKey(code))
        {
            return Values(code, column, reports) is { Count: > 0 } values ? values.Sum() : null;
        }
        var parts = Parts(code, column, reports);
        return parts.Sum(part => part.Denominator) is > 0 and var denominator ? Rounded(parts.Sum(part => part.Numerator) * 100 / denominator) : null;
    }

    /// <summary>The figure of each report that it can be told of, unrounded, and whether it is of few cases.</summary>
    public static List<(Counted Report, decimal Value, bool IsOfFew)> Each(string code, string column, IEnumerable<Counted> reports) =>
        [.. reports.SelectMany(report => Formulas.Shares.ContainsKey(code)
            ? Parts(code, column, [report]).Where(part => part.Denominator > 0).Select(part => (report, part.Numerator * 100 / part.Denominator, part.Denominator < 30))
            : Values(code, column, [report]).Select(value => (report, value, false)))];

    public static decimal Rounded(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);
}

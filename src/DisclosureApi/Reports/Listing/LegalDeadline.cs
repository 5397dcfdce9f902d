namespace DisclosureApi.Reports.Listing;

/// <summary>The last day of 条例 art. 49, in SQL: governments by 31 March, all others by 31 January of the following year, Shanghai time.</summary>
internal static class LegalDeadline
{
    /// <param name="year">The report year.</param>
    /// <param name="kind">The kind of body.</param>
    public static string Of(string year, string kind) => $"make_date({year} + 1, case {kind} when 'government' then 3 else 1 end, 31)";
}

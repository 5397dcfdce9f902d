namespace DisclosureApi.Tests.Statistics;

/// <summary>The shares written out by hand, as the practice of the field has them.</summary>
internal static class Formulas
{
    private static readonly string[] _refused =
        ["stateSecret", "prohibitedByLaw", "securityAndStability", "thirdPartyRights", "internalAffairs", "deliberative", "enforcementFile", "statutoryInquiry"];

    public static readonly Dictionary<string, Func<Counted, string, (decimal? Numerator, decimal? Denominator)>> Shares = new()
    {
        ["grantedRate"] = (r, c) => (A(r, c, "granted"), A(r, c, "totalHandled")),
        ["partiallyGrantedRate"] = (r, c) => (A(r, c, "partiallyGranted"), A(r, c, "totalHandled")),
        ["disclosureRate"] = (r, c) => (A(r, c, "granted") + A(r, c, "partiallyGranted"), A(r, c, "totalHandled")),
        ["refusedRate"] = (r, c) => (Sum(_refused.Select(reason => A(r, c, $"refused.{reason}"))), A(r, c, "totalHandled")),
        ["unavailableRate"] = (r, c) => (A(r, c, "unavailable.notHeld") + A(r, c, "unavailable.requiresCreation") + A(r, c, "unavailable.stillUnclear"), A(r, c, "totalHandled")),
        ["unprocessedRate"] = (r, c) => (
            Sum(new[] { "petition", "repeated", "publication", "excessive", "reconfirmation" }.Select(reason => A(r, c, $"unprocessed.{reason}"))), A(r, c, "totalHandled")),
        ["otherHandlingRate"] = (r, c) => (
            A(r, c, "otherHandling") ?? A(r, c, "otherHandling.notSupplemented") + A(r, c, "otherHandling.feeUnpaid") + A(r, c, "otherHandling.other"), A(r, c, "totalHandled")),
        ["completionRate"] = (r, c) => (A(r, c, "totalHandled"), A(r, c, "received") + A(r, c, "carriedIn")),
        ["carriedOverRate"] = (r, c) => (A(r, c, "carriedOver"), A(r, c, "received") + A(r, c, "carriedIn")),
        ["naturalPersonShare"] = (r, _) => (A(r, "naturalPerson", "received"), A(r, "total", "received")),
        ["reconsiderationRate"] = (r, _) => (V(r, "total"), A(r, "total", "totalHandled")),
        ["litigationRate"] = (r, _) => (S(r, "total"), A(r, "total", "totalHandled")),
        ["reconsiderationCorrectedRate"] = (r, _) => (V(r, "corrected"), V(r, "total") - V(r, "pending")),
        ["reconsiderationUpheldRate"] = (r, _) => (V(r, "upheld"), V(r, "total") - V(r, "pending")),
        ["litigationCorrectedRate"] = (r, _) => (S(r, "corrected"), S(r, "total") - S(r, "pending")),
        ["litigationUpheldRate"] = (r, _) => (S(r, "upheld"), S(r, "total") - S(r, "pending")),
    };

    private static decimal? A(Counted report, string column, string row) => report.Cell("applications", row, column);

    private static decimal? V(Counted report, string column) => report.Cell("disputes", "reconsideration", column);

    private static decimal? S(Counted report, string column) => report.Cell("disputes", "litigation", column) + report.Cell("disputes", "litigationAfterReconsideration", column);

    private static decimal? Sum(IEnumerable<decimal?> cells) => cells.Aggregate((decimal?)0, (sum, cell) => sum + cell);
}

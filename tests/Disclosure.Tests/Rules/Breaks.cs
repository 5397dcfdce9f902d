using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Tests.Rules;

/// <summary>For each rule a report that breaks it and nothing else; the whole reports of the samples are where it holds.</summary>
internal static class Breaks
{
    public static IReadOnlyDictionary<string, (int Year, ReportContent Content)> All { get; } = new Dictionary<string, (int, ReportContent)>
    {
        ["STR-005"] = (2021, Samples.Whole(Format2019.Value)),
        ["STR-008"] = (2023, Samples.Whole().With("/forms/applications", "2019")
            .Without(new("applications", "otherHandling.feeUnpaid", "total"))),
        ["STR-009"] = (2023, Format2021.Value.Table("disputes").Cells.Where(cell => cell.Row.Key == "litigation")
            .Aggregate(Samples.Whole(), (content, cell) => content.Without(cell.Address))),
        ["T2-001"] = (2023, Samples.Whole().With(new CellAddress("proactive", "licensing", "decisions"), -1)),
        ["T2-002"] = (2023, Samples.Whole().Without(new("proactive", "governmentRules", "made"))),
        ["T2-009"] = (2023, Samples.Whole().With(new CellAddress("proactive", "fees", "amount"), 0.0000001m)),
        ["T3-001"] = (2023, Shift(("carriedOver/naturalPerson", 1), ("carriedOver/enterprise", -1))),
        ["T3-002"] = (2023, Shift(
            ("totalHandled/naturalPerson", 1), ("carriedOver/naturalPerson", -1), ("totalHandled/enterprise", -1), ("carriedOver/enterprise", 1))),
        ["T3-003"] = (2023, Shift(("received/total", -1), ("carriedIn/total", 1))),
        ["T3-004"] = (2023, Shift(
            ("granted/naturalPerson", -50), ("granted/total", -50), ("partiallyGranted/naturalPerson", 50), ("partiallyGranted/total", 50))),
        ["T3-005"] = (2023, Samples.Whole().Without(new("applications", "granted", "enterprise"))),
        ["T4-001"] = (2023, Samples.Whole().With(new CellAddress("disputes", "reconsideration", "total"), 999)),
        ["T4-002"] = (2023, Samples.Whole().Without(new("disputes", "reconsideration", "pending"))),
    };

    /// <summary>Adds to cells of table 3, each named row/column.</summary>
    private static ReportContent Shift(params (string Cell, decimal By)[] shifts) => shifts.Aggregate(Samples.Whole(), (content, shift) =>
    {
        var address = CellAddress.Parse($"/tables/applications/{shift.Cell}")!.Value;
        return content.With(address, content.Cell(address)!.Value + shift.By);
    });
}

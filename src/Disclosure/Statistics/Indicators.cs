using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Statistics;

/// <summary>The public table of indicators. A code that was released never changes its meaning.</summary>
public static class Indicators
{
    private const string Requests = "applications";
    private const string Disputes = "disputes";

    private static readonly Term _received = Row("received");
    private static readonly Term _carriedIn = Row("carriedIn");
    private static readonly Term _handled = Row("totalHandled");
    private static readonly Term _reviews = Case("reconsideration", "total");
    private static readonly Term[] _suits = [Case("litigation", "total"), Case("litigationAfterReconsideration", "total")];
    private static readonly Term[] _closedReviews = [_reviews, Case("reconsideration", "pending") with { IsSubtracted = true }];

    private static readonly Term[] _closedSuits =
        [.. _suits, Case("litigation", "pending") with { IsSubtracted = true }, Case("litigationAfterReconsideration", "pending") with { IsSubtracted = true }];

    private static readonly Message _ofHandled = new("分母为本年度办理结果总计（已答复的申请），不是收到的申请", "Of the requests answered in the year (totalHandled), not of those received.");
    private static readonly Message _ofOpen = new("分母为本年新收与上年结转之和", "Of the requests received and carried in.");
    private static readonly Message _ofClosedReviews = new("分母为已审结的行政复议：总计减尚未审结", "Of the reconsiderations closed: total less pending.");
    private static readonly Message _ofClosedSuits = new("分母为已审结的行政诉讼（直接起诉与复议后起诉）：总计减尚未审结", "Of the suits closed, direct and after reconsideration: total less pending.");
    private static readonly Message _practice = new("各地年报和第三方评估通行", "Usual in published reports and assessments.");
    private static readonly Message _project = new("本接口", "This API.");

    public static IReadOnlyList<Indicator> All { get; } =
    [
        Share("grantedRate", "予以公开率", "Granted", [Row("granted")]),
        Share("partiallyGrantedRate", "部分公开率", "Partially granted", [Row("partiallyGranted")]),
        Share("disclosureRate", "公开率", "Granted in whole or in part", [Row("granted"), Row("partiallyGranted")]),
        Share("refusedRate", "不予公开率", "Refused", [Group("refused.")]),
        Share("unavailableRate", "无法提供率", "Unavailable", [Group("unavailable.")]),
        Share("unprocessedRate", "不予处理率", "Not processed", [Group("unprocessed.")]),
        Share("otherHandlingRate", "其他处理率", "Handled otherwise", [new Term(Requests, [["otherHandling"], Keys("otherHandling.")])]),
        new("completionRate", new("办结率", "Completed"), [_handled], [_received, _carriedIn], _ofOpen, _practice) { IsByClass = true },
        new("carriedOverRate", new("结转率", "Carried over"), [Row("carriedOver")], [_received, _carriedIn], _ofOpen, _practice) { IsByClass = true },
        new("naturalPersonShare", new("自然人占比", "Received from natural persons"), [_received with { Column = "naturalPerson" }], [_received],
            new("分母为本年新收申请总计", "Of the requests received."), _practice),
        new("reconsiderationRate", new("复议率", "Reconsiderations"), [_reviews], [_handled], _ofHandled, _project),
        new("litigationRate", new("诉讼率", "Suits"), _suits, [_handled], _ofHandled, _project),
        new("reconsiderationCorrectedRate", new("复议纠错率", "Corrected in reconsideration"), [Case("reconsideration", "corrected")], _closedReviews, _ofClosedReviews, _practice),
        new("reconsiderationUpheldRate", new("复议维持率", "Upheld in reconsideration"), [Case("reconsideration", "upheld")], _closedReviews, _ofClosedReviews, _practice),
        new("litigationCorrectedRate", new("诉讼纠错率（败诉率）", "Corrected in court"), Suits("corrected"), _closedSuits, _ofClosedSuits, _practice),
        new("litigationUpheldRate", new("诉讼维持率", "Upheld in court"), Suits("upheld"), _closedSuits, _ofClosedSuits, _practice),
    ];

    public static Indicator? Find(string code) => All.FirstOrDefault(indicator => indicator.Code == code);

    private static Indicator Share(string code, string zh, string en, IReadOnlyList<Term> numerator) =>
        new(code, new(zh, en), numerator, [_handled], _ofHandled, _practice) { IsByClass = true };

    private static Term Row(string key) => new(Requests, [[key]]);

    private static Term Case(string row, string column) => new(Disputes, [[row]], column);

    private static Term[] Suits(string column) => [Case("litigation", column), Case("litigationAfterReconsideration", column)];

    private static Term Group(string prefix) => new(Requests, [Keys(prefix)]);

    private static List<string> Keys(string prefix) =>
        [.. Format2021.Value.Table(Requests).Rows.Select(row => row.Key).Where(key => key.StartsWith(prefix, StringComparison.Ordinal))];
}

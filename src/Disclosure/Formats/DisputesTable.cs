namespace Disclosure.Formats;

/// <summary>Table 4 (政府信息公开行政复议、行政诉讼情况), the same in both forms. It is printed as one line of 15 numbers: the five of each row here.</summary>
public static class DisputesTable
{
    private static readonly IReadOnlyList<string> Litigation = ["行政诉讼"];

    private static readonly IReadOnlyList<Column> Results =
    [
        new("upheld", "结果维持"),
        new("corrected", "结果纠正"),
        new("otherResult", "其他结果"),
        new("pending", "尚未审结"),
    ];

    internal static Table Value { get; } = new("disputes", "政府信息公开行政复议、行政诉讼情况",
    [
        new Block(
            [
                new("reconsideration", "行政复议"),
                new("litigation", "未经复议直接起诉") { Under = Litigation },
                new("litigationAfterReconsideration", "复议后起诉") { Under = Litigation },
            ],
            [.. Results, new("total", "总计") { SumOf = [.. Results.Select(column => column.Key)] }]),
    ], [])
    {
        Unit = "件",
    };
}

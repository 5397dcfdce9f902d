namespace Disclosure.Formats;

/// <summary>The trial form of report years 2019 and 2020 (国办公开办函〔2019〕60号): 22 + 161 + 15 = 198 numbers.</summary>
public static class Format2019
{
    public static ReportFormat Value { get; } = new("2019", "国办公开办函〔2019〕60号", 2019, 2020,
    [
        new Table("proactive", "主动公开政府信息情况",
        [
            new(
                [new("governmentRules", "规章"), new("normativeDocuments", "规范性文件")],
                [new("newlyMade", "本年新制作数量"), new("newlyPublished", "本年新公开数量"), new("totalPublic", "对外公开总数量")])
            {
                Caption = "第二十条第（一）项",
                Article = "20(1)",
            },
            new(
                [new("licensing", "行政许可"), new("otherServices", "其他对外管理服务事项")],
                [new("previousItems", "上一年项目数量"), new("change", "本年增/减") { Signed = true }, new("decisions", "处理决定数量")])
            {
                Caption = "第二十条第（五）项",
                Article = "20(5)",
            },
            new(
                [new("penalties", "行政处罚"), new("compulsoryMeasures", "行政强制")],
                [new("previousItems", "上一年项目数量"), new("change", "本年增/减") { Signed = true }, new("decisions", "处理决定数量")])
            {
                Caption = "第二十条第（六）项",
                Article = "20(6)",
            },
            new(
                [new("fees", "行政事业性收费")],
                [new("previousItems", "上一年项目数量"), new("change", "本年增/减") { Signed = true }])
            {
                Caption = "第二十条第（八）项",
                Article = "20(8)",
            },
            new(
                [new("procurement", "政府集中采购")],
                [new("projects", "采购项目数量"), new("amount", "采购总金额") { Unit = "not printed on the form", Decimals = 6 }])
            {
                Caption = "第二十条第（九）项",
                Article = "20(9)",
            },
        ], []),
        ApplicationsTable.With([new("otherHandling", "（六）其他处理") { Under = ApplicationsTable.Results }]),
        DisputesTable.Value,
    ]);
}

namespace Disclosure.Formats;

/// <summary>The form in force since report year 2021 (国办公开办函〔2021〕30号): 10 + 175 + 15 = 200 numbers.</summary>
public static class Format2021
{
    public static ReportFormat Value { get; } = new("2021", "国办公开办函〔2021〕30号", 2021, null,
    [
        new Table("proactive", "主动公开政府信息情况",
        [
            new(
                [new("governmentRules", "规章"), new("normativeDocuments", "行政规范性文件")],
                [new("made", "本年制发件数"), new("repealed", "本年废止件数"), new("inForce", "现行有效件数")])
            {
                Caption = "第二十条第（一）项",
                Article = "20(1)",
            },
            new(
                [new("licensing", "行政许可")],
                [new("decisions", "本年处理决定数量")])
            {
                Caption = "第二十条第（五）项",
                Article = "20(5)",
            },
            new(
                [new("penalties", "行政处罚"), new("compulsoryMeasures", "行政强制")],
                [new("decisions", "本年处理决定数量")])
            {
                Caption = "第二十条第（六）项",
                Article = "20(6)",
            },
            new(
                [new("fees", "行政事业性收费")],
                [new("amount", "本年收费金额（单位：万元）") { Unit = "万元", Decimals = 6 }])
            {
                Caption = "第二十条第（八）项",
                Article = "20(8)",
            },
        ], []),
        ApplicationsTable.With([
            new("otherHandling.notSupplemented", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请") { Under = ApplicationsTable.OtherHandling, Article = "30" },
            new("otherHandling.feeUnpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请") { Under = ApplicationsTable.OtherHandling, Article = "国办函〔2020〕109号" },
            new("otherHandling.other", "3.其他") { Under = ApplicationsTable.OtherHandling },
        ]),
        DisputesTable.Value,
    ]);
}

namespace Disclosure.Formats;

/// <summary>Table 3 (收到和处理政府信息公开申请情况). Both forms share it but for the rows of （六）其他处理.</summary>
public static class ApplicationsTable
{
    internal static readonly IReadOnlyList<string> Results = ["三、本年度办理结果"];
    internal static readonly IReadOnlyList<string> OtherHandling = [.. Results, "（六）其他处理"];

    private static readonly IReadOnlyList<string> Refused = [.. Results, "（三）不予公开"];
    private static readonly IReadOnlyList<string> Unavailable = [.. Results, "（四）无法提供"];
    private static readonly IReadOnlyList<string> Unprocessed = [.. Results, "（五）不予处理"];
    private const string Organisations = "法人或其他组织";

    private static readonly IReadOnlyList<Column> Applicants =
    [
        new("naturalPerson", "自然人"),
        new("enterprise", "商业企业") { Under = Organisations },
        new("researchInstitution", "科研机构") { Under = Organisations },
        new("publicWelfare", "社会公益组织") { Under = Organisations },
        new("legalService", "法律服务机构") { Under = Organisations },
        new("otherOrganisation", "其他") { Under = Organisations },
    ];

    private static readonly IReadOnlyList<Column> Columns =
        [.. Applicants, new("total", "总计") { SumOf = [.. Applicants.Select(column => column.Key)] }];

    private static readonly IReadOnlyList<Row> Handled =
    [
        new("granted", "（一）予以公开") { Under = Results, Article = "36(1)(2)" },
        new("partiallyGranted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）") { Under = Results, Article = "37" },
        new("refused.stateSecret", "1.属于国家秘密") { Under = Refused, Article = "14" },
        new("refused.prohibitedByLaw", "2.其他法律行政法规禁止公开") { Under = Refused, Article = "14" },
        new("refused.securityAndStability", "3.危及“三安全一稳定”") { Under = Refused, Article = "14" },
        new("refused.thirdPartyRights", "4.保护第三方合法权益") { Under = Refused, Article = "15" },
        new("refused.internalAffairs", "5.属于三类内部事务信息") { Under = Refused, Article = "16" },
        new("refused.deliberative", "6.属于四类过程性信息") { Under = Refused, Article = "16" },
        new("refused.enforcementFile", "7.属于行政执法案卷") { Under = Refused, Article = "16" },
        new("refused.statutoryInquiry", "8.属于行政查询事项") { Under = Refused, Article = "36(7)" },
        new("unavailable.notHeld", "1.本机关不掌握相关政府信息") { Under = Unavailable, Article = "36(4)(5)" },
        new("unavailable.requiresCreation", "2.没有现成信息需要另行制作") { Under = Unavailable, Article = "38" },
        new("unavailable.stillUnclear", "3.补正后申请内容仍不明确") { Under = Unavailable, Article = "30" },
        new("unprocessed.petition", "1.信访举报投诉类申请") { Under = Unprocessed, Article = "39" },
        new("unprocessed.repeated", "2.重复申请") { Under = Unprocessed, Article = "36(6)" },
        new("unprocessed.publication", "3.要求提供公开出版物") { Under = Unprocessed, Article = "39" },
        new("unprocessed.excessive", "4.无正当理由大量反复申请") { Under = Unprocessed, Article = "35" },
        new("unprocessed.reconfirmation", "5.要求行政机关确认或重新出具已获取信息") { Under = Unprocessed },
    ];

    internal static Table With(IReadOnlyList<Row> otherHandling)
    {
        IReadOnlyList<Row> results = [.. Handled, .. otherHandling];
        IReadOnlyList<Row> rows =
        [
            new("received", "一、本年新收政府信息公开申请数量") { Article = "29, 31" },
            new("carriedIn", "二、上年结转政府信息公开申请数量"),
            .. results,
            new("totalHandled", "（七）总计") { Under = Results, SumOf = [.. results.Select(row => row.Key)] },
            new("carriedOver", "四、结转下年度继续办理"),
        ];
        return new Table("applications", "收到和处理政府信息公开申请情况",
            [new Block(rows, Columns)],
            [new Balance(["received", "carriedIn"], ["totalHandled", "carriedOver"])])
        {
            Note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            Unit = "件",
        };
    }
}

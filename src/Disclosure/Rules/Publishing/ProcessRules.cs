using Disclosure.Contents;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Publishing;

/// <summary>PUB-005 to PUB-008: how the report became public, and whether it stayed what it was.</summary>
internal static class ProcessRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("PUB-005", Severity.Error,
            new("更正无理由", "Correction without a reason"),
            new("正在更正的年报与已公布的内容不同，而没有写明更正理由", "A report under correction differs from what is public, and no reason is given"),
            "《中华人民共和国政府信息公开条例》第六条", NoReason)
        {
            Needs = [new(input => input.Surroundings.Correction is not null, new("不是更正稿", "This is no correction"))],
            Holds = Example.Of(("/surroundings/correction/reason", "数据来源有误"), ("/surroundings/correction/printedDate", "2024-01-01")),
            Breaks = Example.Of(("/surroundings/correction/reason", null), ("/surroundings/correction/printedDate", "2024-01-01")),
        },
        new("PUB-006", Severity.Warning,
            new("各渠道不一致", "Copies differ"),
            new("其他渠道的年报与此处公布的内容不同；没有核对过的不判断", "A copy in another channel differs from what is published here; not judged where nobody looked"),
            "国办公开办函〔2019〕61号", Copies)
        {
            Needs = [new(input => input.Surroundings.Publication is { Copies: not null, ContentHash: not null }, new("没有其他渠道的副本可供核对", "No copies in other channels are known"))],
            Holds = Example.Of(("/surroundings/publication/copy", "as published")),
            Breaks = Example.Of(("/surroundings/publication/copy", "other")),
        },
        new("PUB-007", Severity.Error,
            new("未经保密审查", "No secrecy review"),
            new("公布前没有对该内容的保密审查记录；在别处公布的不判断", "No secrecy review of this content is recorded before publication; reports published elsewhere are not judged"),
            "《中华人民共和国政府信息公开条例》第十七条", NoSecrecyReview)
        {
            Needs = [new(input => input.Surroundings.Publication?.SecrecyReviewed is not null, new("尚未公布，或在别处公布", "Not published yet, or published elsewhere"))],
            Holds = Example.Of(("/surroundings/publication/secrecyReviewed", "true")),
            Breaks = Example.Of(("/surroundings/publication/secrecyReviewed", "false")),
        },
        new("PUB-008", Severity.Error,
            new("审编不分", "Reviewer is the author"),
            new("保密审查人或批准人同时是编写人；在别处公布的不判断", "The secrecy reviewer or the approver is an author as well; reports published elsewhere are not judged"),
            "《中华人民共和国政府信息公开条例》第十七条", SamePerson)
        {
            Needs = [new(input => input.Surroundings.Publication?.ReviewedByAuthor is not null, new("尚未公布，或在别处公布", "Not published yet, or published elsewhere"))],
            Holds = Example.Of(("/surroundings/publication/reviewedByAuthor", "false")),
            Breaks = Example.Of(("/surroundings/publication/reviewedByAuthor", "true")),
        },
    ];

    private static IEnumerable<Flaw> NoReason(RuleInput input)
    {
        var (current, reason) = input.Surroundings.Correction!;
        if (string.IsNullOrWhiteSpace(reason) && !IsSame(current, input.Content))
        {
            yield return new Flaw("已公布年报变更须说明原因", "A change to a published report needs a reason", "/title");
        }
    }

    private static IEnumerable<Flaw> Copies(RuleInput input) =>
        from copy in input.Surroundings.Publication!.Copies!
        where copy.Value != input.Surroundings.Publication.ContentHash
        orderby copy.Key
        select new Flaw($"{copy.Key}发布的年报与此处不一致", $"The copy at {copy.Key} differs", "/title");

    private static IEnumerable<Flaw> NoSecrecyReview(RuleInput input)
    {
        if (input.Surroundings.Publication!.SecrecyReviewed == false)
        {
            yield return new Flaw("未完成保密审查", "No secrecy review is recorded", "/title");
        }
    }

    private static IEnumerable<Flaw> SamePerson(RuleInput input)
    {
        if (input.Surroundings.Publication!.ReviewedByAuthor == true)
        {
            yield return new Flaw("审核人与填报人不得为同一人", "The reviewer must differ from the author", "/title");
        }
    }

    private static bool IsSame(ReportContent one, ReportContent other) =>
        one.Cells.Count == other.Cells.Count && one.Words.Count == other.Words.Count
        && one.Cells.All(cell => other.Cell(cell.Key) == cell.Value) && one.Words.All(word => other.Word(word.Key) == word.Value);
}

using Disclosure.Contents;

namespace Disclosure.Compiling;

/// <summary>Why a body's report is not in a compilation. NAMES ARE A STORAGE FORMAT.</summary>
public enum LeftOut
{
    NotPublished,
    Withdrawn,
    NotAssessable,
    OtherForm,
    VerticalLine,
    Succeeded,
    Dissolved,
    Exempt,
    CountedElsewhere,
    Excluded,
}

/// <summary>The reasons in words, and which of them say that something is missing.</summary>
public static class LeftOutReasons
{
    public static IReadOnlyDictionary<LeftOut, Message> Words { get; } = new Dictionary<LeftOut, Message>
    {
        [LeftOut.NotPublished] = new("尚未公布年报", "It has published no report for the year."),
        [LeftOut.Withdrawn] = new("年报已撤回", "Its report was withdrawn."),
        [LeftOut.NotAssessable] = new("年报中没有可汇总的数据", "Its report gives no figure of the form, so there is nothing to add up."),
        [LeftOut.OtherForm] = new("年报采用另一格式，口径不同，不能相加", "Its tables follow another form, whose figures mean something else."),
        [LeftOut.VerticalLine] = new("属于垂直管理系统，在本系统内汇总", "It belongs to a vertical system, which is compiled on its own."),
        [LeftOut.Succeeded] = new("年内并入其他机关，由承继机关计入", "It was merged or replaced within the year; its successors count."),
        [LeftOut.Dissolved] = new("年内撤销，没有承继机关，也未公布年报", "It ended within the year without successors and without a report."),
        [LeftOut.Exempt] = new("经决定当年不编报", "It was exempted from the year's report."),
        [LeftOut.CountedElsewhere] = new("已计入另一单位公布的汇总", "Another body's published compilation counts it already."),
        [LeftOut.Excluded] = new("汇总单位决定不计入", "The compiling body decided to leave it out."),
    };

    /// <summary>Whether the body belongs in the sums and is not there; the other reasons say that it does not belong.</summary>
    public static bool IsMissing(LeftOut reason) => reason is LeftOut.NotPublished or LeftOut.Withdrawn or LeftOut.NotAssessable or LeftOut.OtherForm;
}

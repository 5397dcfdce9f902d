using Disclosure.Contents;
using Disclosure.Rules;

namespace Disclosure.Reports;

/// <summary>Why a command was not carried out. The shell turns each kind into one kind of problem.</summary>
public abstract record Refusal(Message Message)
{
    /// <param name="Allowed">Names of the commands that this state allows.</param>
    public sealed record WrongState(string State, IReadOnlyList<string> Allowed, string Command) : Refusal(new Message(
        $"报告当前状态为“{State}”，不能执行“{Command}”", $"The report is in state \"{State}\", which does not allow \"{Command}\"."));

    public sealed record StaleContent(string Current) : Refusal(new Message(
        "所审内容已变更，请重新阅读后再审", "The content has changed since it was read; read it again and decide on the current contentHash."));

    public sealed record SamePerson(Message Why) : Refusal(Why);

    public sealed record FindingsStand(IReadOnlyList<Finding> Findings) : Refusal(new Message(
        $"有{Findings.Count}项问题未解决，不能提交或公布", $"{Findings.Count} findings stand in the way; all are listed."));

    public sealed record SecrecyReviewMissing(string ContentHash) : Refusal(new Message(
        "当前内容尚未通过保密审查", "The current content has not passed the secrecy review."));

    public sealed record WaiversOpen(IReadOnlyList<Finding> Findings) : Refusal(new Message(
        $"有{Findings.Count}项可豁免的错误尚未豁免", $"{Findings.Count} waivable errors have no granted waiver."));

    public sealed record NoSuchFinding(string Code) : Refusal(new Message(
        $"没有代码为{Code}且位置相符的问题", $"No finding with code {Code} stands at these pointers."));

    public sealed record NotCompiled() : Refusal(new Message(
        "草稿不是汇总编制的，没有可调整的汇总数", "The draft was not compiled, so there is nothing to adjust."));

    /// <param name="Cells">JSON pointers of the cells.</param>
    public sealed record ImpossibleFigures(IReadOnlyList<string> Cells) : Refusal(new Message(
        $"{string.Join('、', Cells.Take(5))}的结果不是表格允许的数（负数、小数位过多或过大）", $"{string.Join(", ", Cells.Take(5))}: the result is no number that the form allows (negative, with too many decimals, or too large)."));

    public sealed record ReviewBegun() : Refusal(new Message(
        "审核已经开始，不能撤回", "The review has begun; the submission can no longer be recalled."));
}

/// <summary>The answer to a command: what happened, possibly nothing, or why not.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <param name="Events">Empty when there was nothing left to do, so that commands may be repeated.</param>
    public sealed record Accepted(IReadOnlyList<ReportEvent> Events) : Decision;

    public sealed record Refused(Refusal Refusal) : Decision;
}

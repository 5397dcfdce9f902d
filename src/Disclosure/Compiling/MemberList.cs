using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Compiling;

/// <summary>Decides of each body whether it is counted, and says why where it is not.</summary>
public static class MemberList
{
    /// <param name="candidates">Bodies that were there in the year; others than those the compiling body adds up are passed over.</param>
    /// <returns>In the order of codes, each body once.</returns>
    public static IReadOnlyList<(CompiledMember Member, Candidate From)> Of(
        Agency compiler, CompilationScope scope, int year, IEnumerable<Candidate> candidates, IReadOnlyList<MemberDecision> decisions) =>
    [
        .. from candidate in candidates.DistinctBy(candidate => candidate.Body.Code)
           let body = candidate.Body
           where Duty.WasThere(body, year) && (CompilationTree.Counts(compiler, scope, body) || CompilationTree.IsVerticalWithin(compiler, scope, body))
           orderby body.Code
           let decision = decisions.FirstOrDefault(decision => decision.Agency == body.Code)
           let reason = Decided(Reason(candidate, scope, year), candidate, year, decision)
           select (new CompiledMember(body.Code, body.Name, body.Region, body.Level, body.Kind, candidate.Report?.Revision, reason)
           {
               Successors = reason == LeftOut.Succeeded ? body.Successors : null,
               CountedBy = reason == LeftOut.CountedElsewhere ? candidate.CountedBy : null,
               Decision = decision?.Reason,
           }, candidate),
    ];

    /// <summary>Whether the body ended before the year was over and others took over: from that day on they count what was its own.</summary>
    public static bool IsSucceeded(Agency body, int year) =>
        body.Successors.Count > 0 && body.ValidTo is { } last && last < new DateOnly(year, 12, 31);

    /// <summary>Nobody can decide to count what cannot be added; everything else the compiling body may decide, with a reason.</summary>
    private static LeftOut? Decided(LeftOut? reason, Candidate candidate, int year, MemberDecision? decision) => decision switch
    {
        null => reason,
        { IsCounted: false } => LeftOut.Excluded,
        _ => Unusable(candidate, year),
    };

    private static LeftOut? Reason(Candidate candidate, CompilationScope scope, int year)
    {
        var body = candidate.Body;
        if (scope != CompilationScope.Line && (body.Line is not null || candidate.Scope == CompilationScope.Line))
        {
            return LeftOut.VerticalLine;
        }
        if (IsSucceeded(body, year))
        {
            return LeftOut.Succeeded;
        }
        if (candidate is { Report: null, IsWithdrawn: false } && candidate.Owes == false)
        {
            return LeftOut.Exempt;
        }
        if (candidate is { Report: null, IsWithdrawn: false } && body.ValidTo is { } last && last < new DateOnly(year, 12, 31))
        {
            return LeftOut.Dissolved;
        }
        return Unusable(candidate, year) ?? (candidate.CountedBy.Count > 0 ? LeftOut.CountedElsewhere : null);
    }

    /// <summary>Why there is nothing that could be added; null where there is.</summary>
    private static LeftOut? Unusable(Candidate candidate, int year)
    {
        if (candidate.IsWithdrawn)
        {
            return LeftOut.Withdrawn;
        }
        if (candidate.Report is not { Content: var content })
        {
            return LeftOut.NotPublished;
        }
        var form = CompiledSums.FormOf(year);
        if (KnownFormats.TableKeys.Any(table => !Follows(content, table, form)))
        {
            return LeftOut.OtherForm;
        }
        return content.Cells.Keys.Any(cell => form.Table(cell.Table).Find(cell) is not null) ? null : LeftOut.NotAssessable;
    }

    /// <summary>Table 4 is the same in all forms, whatever a report says that it follows.</summary>
    private static bool Follows(ReportContent content, string table, ReportFormat form) =>
        content.Cells.Keys.All(cell => cell.Table != table || form.Table(table).Find(cell) is not null)
        && (content.FormOf(table) is not { } said || said == form || said.Table(table).Cells.All(cell => form.Table(table).Find(cell.Address) is not null));
}

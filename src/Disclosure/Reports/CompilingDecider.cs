using Disclosure.Canonical;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Reports;

/// <summary>What compiling and adjusting do to a draft.</summary>
internal static class CompilingDecider
{
    /// <summary>
    /// Figures come from the members, words stay as they are: those of the draft, or what a new one begins with. Where a number
    /// was read in a document says nothing of the sum that takes its place, so readings go.
    /// </summary>
    public static Decision Compile(Work? draft, ReportCommand.Compile compile)
    {
        var work = draft ?? Work.Begin(null);
        var content = CompiledSums.Into(
            draft is null ? compile.Beginning.Content : work.Content.Content, compile.Plan.Format, compile.Plan.Sums, work.CompiledFrom?.Adjusted ?? []);
        if (Impossible(content) is { } refused)
        {
            return refused;
        }
        var changes = work.Content.ChangesTo(content, compile.NewSalt);
        if (changes.Count == 0 && work.CompiledFrom?.Plan.Says(compile.Plan) == true)
        {
            return new Decision.Accepted([]);
        }
        return new Decision.Accepted([new ReportEvent.ReportCompiled(
            compile.Plan, changes, work.Content.Apply(changes).Hash,
            draft is null ? CommittedText.Of(compile.Beginning.AgencyName, compile.NewSalt) : null,
            draft is null ? CommittedText.Of(ReadingText.Of(compile.Beginning), compile.NewSalt) : work.Reading is null ? null : new CommittedText("", compile.NewSalt()))]);
    }

    /// <summary>A cell that was adjusted shows its sum and all its adjustments, whatever was typed in it meanwhile.</summary>
    public static Decision Adjust(Work work, ReportCommand.Adjust adjust)
    {
        if (work.CompiledFrom is not { } compiled)
        {
            return new Decision.Refused(new Refusal.NotCompiled());
        }
        List<Adjustment> adjustments = [.. adjust.Amounts.Select(amount => new Adjustment(amount.Cell, ReportContent.Normalised(amount.Amount), new CommittedText(amount.Reason, adjust.NewSalt())))];
        var adjusted = CompiledSums.Adjusted([.. compiled.Adjustments.Select(recorded => recorded.Adjustment), .. adjustments]);
        var content = adjustments.Select(adjustment => adjustment.Cell).Distinct(StringComparer.Ordinal).Aggregate(
            work.Content.Content, (before, cell) => before.With(CellAddress.Parse(cell)!.Value, CompiledSums.Figure(compiled.Plan.Sums, adjusted, cell)!.Value));
        if (Impossible(content) is { } refused)
        {
            return refused;
        }
        var changes = work.Content.ChangesTo(content, adjust.NewSalt);
        return new Decision.Accepted([new ReportEvent.CompilationAdjusted(adjustments, changes, work.Content.Apply(changes).Hash)]);
    }

    private static Decision.Refused? Impossible(ReportContent content)
    {
        List<string> cells =
        [
            .. from given in content.Cells
               where KnownFormats.FindCell(given.Key) is { } cell && !CellNumber.Fits(cell.Column, given.Value)
               orderby given.Key.Pointer
               select given.Key.Pointer,
        ];
        return cells.Count > 0 ? new Decision.Refused(new Refusal.ImpossibleFigures(cells)) : null;
    }
}

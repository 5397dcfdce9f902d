using Disclosure.Prose;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports;

/// <summary>A step that a request asks for.</summary>
/// <param name="Roles">In which the caller may ask for it; the first that fits is told in the event.</param>
/// <param name="Check">The precondition of the request against the report as it stands.</param>
public sealed record Step(
    HttpContext Context, ReportId Id, Role[] Roles, Func<FiledReport, Problem?> Check, Func<FiledReport, string, ReportCommand> Command)
{
    /// <summary>The key under which the client may ask again and hear the same answer; null for a write that its precondition guards.</summary>
    public StepKey? Key { get; init; }

    /// <summary>The document to be kept with the event that it gave rise to.</summary>
    public FiledDocument? Original { get; init; }

    /// <summary>The agency's name as the filing of this request prints it; null where it brings none.</summary>
    public string? Printed { get; init; }

    /// <summary>Whether the rules judge the draft before the step is decided.</summary>
    public bool IsJudged { get; init; }

    /// <summary>The body's own words that the rules judge before the step is decided, where they are not the draft's.</summary>
    public Likeness? Judged { get; init; }

    /// <summary>Whether the answer points to the step's proof in the ledger.</summary>
    public bool IsProvable { get; init; }
}

/// <summary>What became of a step.</summary>
public abstract record StepResult
{
    private StepResult()
    {
    }

    public sealed record Done(FiledReport Before, FiledReport After) : StepResult;

    /// <summary>The step was taken before under the same key.</summary>
    public sealed record Repeated(StoredAnswer Answer) : StepResult;

    public sealed record Refused(Problem Problem) : StepResult;
}

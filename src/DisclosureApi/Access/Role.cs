namespace DisclosureApi.Access;

/// <summary>What a person may do, and the OAuth scope that says so.</summary>
/// <param name="Name">Name in the token command and in the events.</param>
public sealed record Role(string Name, string Scope)
{
    public static readonly Role Submitter = new("submitter", "reports:submit");
    public static readonly Role SecrecyReviewer = new("secrecyReviewer", "reports:secrecy-review");
    public static readonly Role Reviewer = new("reviewer", "reports:review");
    public static readonly Role Registrar = new("registrar", "agencies:manage");
    public static readonly Role Archivist = new("archivist", "reports:archive");
    public static readonly Role Redactor = new("redactor", "reports:redact");
    public static readonly Role Auditor = new("auditor", "audit:read");

    /// <summary>May have what is public sent to it, as every other role may too, and nothing else.</summary>
    public static readonly Role Subscriber = new("subscriber", "changes:subscribe");

    public static IReadOnlyList<Role> All { get; } = [Submitter, SecrecyReviewer, Reviewer, Registrar, Archivist, Redactor, Auditor, Subscriber];

    /// <summary>Submitters and secrecy reviewers act for the agency they name; the others supervise it.</summary>
    public bool ActsWithinAgency => this == Submitter || this == SecrecyReviewer;
}

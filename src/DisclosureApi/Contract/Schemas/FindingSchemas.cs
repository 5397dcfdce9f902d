using Disclosure.Formats;
using Disclosure.Rules;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>What the rules are, and what they say of a report.</summary>
internal static class FindingSchemas
{
    private static readonly Dictionary<Severity, string> _severities = new()
    {
        [Severity.Error] = "错误, blocks submission",
        [Severity.WaivableError] = "可豁免的错误, blocks submission without the submitter's reason, and approval without the reviewer's waiver",
        [Severity.Warning] = "警告, must be acknowledged by the submitter",
        [Severity.Info] = "提示, is told and asks for nothing",
    };

    public static OpenApiSchema Pointers() => List("JSON pointers into the content; the figure to look at first stands first.", Text("A JSON pointer (RFC 6901)."));

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("Finding", Finding()),
        ("NotAssessed", NotAssessed()),
        ("Findings", Findings()),
    ];

    public static OpenApiSchema RuleSet() =>
        Text("Version of the rule set that the findings were made with.").With(schema => schema.Examples = [Disclosure.Rules.RuleBook.Version]);

    public static OpenApiSchema FindingList() => List("Every failure of every rule; empty when all rules hold.", Named("Finding"));

    public static OpenApiSchema NotAssessedList() => List("Rules that could not be judged, and what was missing.", Named("NotAssessed"));

    private static OpenApiSchema Findings() => Closed(
        "What the rules of one version say of one report. Both languages are always there, so this does not vary by language.",
        ("ruleSet", RuleSet()),
        ("findings", FindingList()),
        ("notAssessed", NotAssessedList())).Whole().WithExample(Examples.Findings);

    private static OpenApiSchema Finding() => Closed(
        "One failure of one rule: what is wrong, where, why, and how to mend it.",
        ("code", Code()),
        ("severity", SeverityOf()),
        ("messages", Named("Message")),
        ("basis", Text("The law, form or notice that the rule stands on.")),
        ("pointers", Pointers()),
        ("span", Span()),
        ("stated", ReadingSchemas.Number("The figure that the report states.").OrNull()),
        ("computed", Decimal("The figure that follows from the others.").OrNull()),
        ("difference", Decimal("Stated less computed.").OrNull()),
        ("hints", List("Changes of one cell, each of which would satisfy every identity that the cell takes part in.", Closed(
            "One such change.",
            ("pointer", Text("JSON pointer of the cell.")),
            ("value", ReadingSchemas.Number("The value that would fit."))).Whole()))).Whole();

    private static OpenApiSchema Span() => Closed(
        "The passage of a section's prose that the finding is about; null when it is about no prose.",
        ("section", Text("Key of the section.").With(schema => schema.Enum = [.. Sections.All.Select(section => section.Key)])),
        ("from", Integer("First character, in UTF-16 code units from the section's beginning.", 0)),
        ("to", Integer("The character after the last.", 0))).Whole().OrNull();

    private static OpenApiSchema NotAssessed() => Closed(
        "A rule that could not be judged.",
        ("code", Code()),
        ("why", Named("Message"))).Whole();

    internal static OpenApiSchema Code() => Text("The rule's code. It names the rule's family and never changes meaning once released.");

    internal static OpenApiSchema SeverityOf() => Choice("What the finding means for the report's way to publication.", _severities);
}

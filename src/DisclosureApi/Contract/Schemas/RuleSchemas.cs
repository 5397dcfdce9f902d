using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>The rule book: rules, their examples, and the versions there have been.</summary>
internal static class RuleSchemas
{
    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("Rule", Rule()),
        ("RuleExample", Example()),
        ("RuleBook", RuleBook()),
        ("RuleSet", RuleSet()),
    ];

    private static OpenApiSchema RuleBook() => Closed(
        "Every rule in force, with its condition in words and what it stands on.",
        ("ruleSet", FindingSchemas.RuleSet()),
        ("ruleSets", List("Every version of the rules there has been, the one in force last.", Text("Version of a rule set."))),
        ("rules", List("In the order in which findings are told.", Named("Rule"))),
        ("cleanReport", Named("Filing", "The report that examples change; no rule has anything to say on it."))).Whole();

    private static OpenApiSchema Rule() => Closed(
        "One rule.",
        ("code", FindingSchemas.Code()),
        ("severity", FindingSchemas.SeverityOf()),
        ("otherSeverities", List("Severities that single findings may have instead; the condition says when.", FindingSchemas.SeverityOf())),
        ("family", Closed("What the rules of this prefix look at.", ("prefix", Text("What the code begins with.")), ("title", Named("Message"))).Whole()),
        ("title", Named("Message")),
        ("condition", Named("Message", "When the rule fires.")),
        ("basis", Text("The law, form or notice that the rule stands on.")),
        ("fromYear", Integer("First report year the rule is for.", 2019)),
        ("needs", List("What is said when something that the rule must know is missing.", Named("Message"))),
        ("implies", List("Codes of rules that one cause may break together with this one; this one is told first, unless they imply each other.", FindingSchemas.Code())),
        ("examples", Closed(
            "Changes of the clean report.",
            ("holds", Named("RuleExample", "One that leaves the rule whole.")),
            ("breaks", List("Such as break the rule.", Named("RuleExample")))).Whole())).Whole();

    private static OpenApiSchema Example() => Closed(
        "The clean report of a year and form, with changes.",
        ("year", Integer("Report year.", 2019)),
        ("form", Text("Form of the tables.")),
        ("changes", List("What stands where.", Closed(
            "One change.",
            ("path", Text("A JSON pointer into the content; /agencyName; /readings/… for how a cell was read; /surroundings/… for what is known around the filing.")),
            ("value", new OpenApiSchema { Description = "What stands there instead; null takes it away.", Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Null })).Whole()))).Whole();

    private static OpenApiSchema RuleSet() => Closed(
        "One version of the rules. A released version never changes.",
        ("version", Text("Its name.")),
        ("from", Day("The day from which filings are judged by it.")),
        ("fromYear", Integer("The first report year it is for.", 2019)),
        ("rules", List("Its rules.", Closed("One rule in this version.", ("code", FindingSchemas.Code()), ("severity", FindingSchemas.SeverityOf())).Whole()))).Whole();
}

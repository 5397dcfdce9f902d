using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Rules;
using DisclosureApi.Http;

namespace DisclosureApi.Rules;

/// <summary>GET /v1/rules: every rule with its condition in words and what it stands on.</summary>
internal static class GetRules
{
    public static readonly OperationContract Contract = new("list_rules", "Rules", "Read the rule book")
    {
        Description = "Codes never change meaning once released; severities belong to the rule set named in ruleSet.",
        Answers =
        [
            new(200, "RuleBook", "The rules in force") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
    };

    private static readonly Answer Book = Answer.Public(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("ruleSet", RuleBook.Version);
        writer.WriteStartArray("rules");
        foreach (var rule in RuleBook.Rules)
        {
            writer.WriteStartObject();
            writer.WriteString("code", rule.Code);
            writer.WriteString("severity", JsonNamingPolicy.CamelCase.ConvertName(rule.Severity.ToString()));
            ReadingsWriter.WriteMessage(writer, "title", rule.Title);
            ReadingsWriter.WriteMessage(writer, "condition", rule.Condition);
            writer.WriteString("basis", rule.Basis);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public static IResult Handle() => Book;
}

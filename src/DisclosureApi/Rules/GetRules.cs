using Disclosure.Rules;
using DisclosureApi.Http;

namespace DisclosureApi.Rules;

/// <summary>GET /v1/rules: every rule with its condition in words, what it stands on, and examples.</summary>
internal static class GetRules
{
    public static readonly OperationContract Contract = new("list_rules", "Rules", "Read the rule book")
    {
        Description =
            "Codes never change meaning once released; severities belong to the rule set named in ruleSet. "
            + "The same bytes are committed beside the contract as openapi/rules-v1.json.",
        Answers =
        [
            new(200, "RuleBook", "The rules in force") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
    };

    private static readonly Answer Book = Answer.Public(RuleCatalogue.WriteBook);

    public static IResult Handle() => Book;
}

using System.Collections.Frozen;
using Disclosure.Rules;
using DisclosureApi.Http;

namespace DisclosureApi.Rules;

/// <summary>GET /v1/rules/{code}: one rule, with examples that hold and break and the codes it implies.</summary>
internal static class GetRule
{
    public static readonly OperationContract Contract = new("get_rule", "Rules", "Read one rule")
    {
        Description = "Findings name their rule by this code.",
        Answers =
        [
            new(200, "Rule", "The rule") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404],
    };

    private static readonly FrozenDictionary<string, Answer> _answers =
        RuleBook.Rules.ToFrozenDictionary(rule => rule.Code, rule => Answer.Public(writer => RuleCatalogue.WriteRule(writer, rule)), StringComparer.Ordinal);

    public static IResult Handle(string rule) => _answers.TryGetValue(rule, out var answer) ? answer : new Problem(ProblemTypes.NotFound);
}

using System.Collections.Frozen;
using Disclosure.Rules;
using DisclosureApi.Http;

namespace DisclosureApi.Rules;

/// <summary>GET /v1/rulesets/{version}: which rules were in force together, and how each weighed.</summary>
internal static class GetRuleSet
{
    public static readonly OperationContract Contract = new("get_rule_set", "Rules", "Read one version of the rules")
    {
        Description = "Each result names the version it was made with. A released version never changes.",
        Answers =
        [
            new(200, "RuleSet", "The version") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404],
    };

    private static readonly FrozenDictionary<string, Answer> _answers =
        RuleSet.All.ToFrozenDictionary(set => set.Version, set => Answer.Public(writer => RuleCatalogue.WriteSet(writer, set)), StringComparer.Ordinal);

    public static IResult Handle(string version) => _answers.TryGetValue(version, out var answer) ? answer : new Problem(ProblemTypes.NotFound);
}

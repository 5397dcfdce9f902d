using DisclosureApi.Http;

namespace DisclosureApi.Rules;

/// <summary>The rule book, and judging a filing by it.</summary>
public static class RulesApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/rules", ["GET", "HEAD"], GetRules.Handle).Describe(GetRules.Contract).AllowAnonymous();
        app.MapMethods("/v1/rules/{rule}", ["GET", "HEAD"], GetRule.Handle).Describe(GetRule.Contract).AllowAnonymous();
        app.MapMethods("/v1/rulesets/{version}", ["GET", "HEAD"], GetRuleSet.Handle).Describe(GetRuleSet.Contract).AllowAnonymous();
        app.MapPost("/v1/validations", (Delegate)PostValidation.HandleAsync).Describe(PostValidation.Contract).AllowAnonymous();
    }
}

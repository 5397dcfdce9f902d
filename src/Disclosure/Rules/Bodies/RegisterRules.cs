using Disclosure.Agencies;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Bodies;

/// <summary>ID-013: whether the body's codes are codes.</summary>
internal static class RegisterRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("ID-013", Severity.Error,
            new("代码无效", "Invalid code"),
            new("登记的统一社会信用代码校验码有误，或行政区划代码不是6位或9位数字；组织机构代码校验码有误仅为警告；不在GB/T 2260中的区划代码不判断",
                "The registered unified social credit code does not check, or the region is not 6 or 9 digits; an organisation code inside that does not check only warns; a region that GB/T 2260 does not have is not judged"),
            "GB 32100-2015、GB/T 2260、GB 11714", Codes)
        {
            OtherSeverities = [Severity.Warning],
            Needs = [Need.Agency],
            Holds = Example.Of(("/surroundings/agency/region", "230109001")),
            Breaks = Example.Of(("/surroundings/agency/code", "119901020000010380")),
        },
    ];

    private static IEnumerable<Flaw> Codes(RuleInput input)
    {
        var agency = input.Surroundings.Agency!;
        if (!UnifiedCode.IsValid(agency.Code))
        {
            yield return new Flaw($"统一社会信用代码{agency.Code}无效", $"{agency.Code} is no valid unified social credit code", "/agencyName");
        }
        else if (UnifiedCode.HasValidOrganisationCode(agency.Code) == false)
        {
            yield return new Flaw($"统一社会信用代码{agency.Code}中的组织机构代码校验码有误", $"The organisation code inside {agency.Code} does not check", "/agencyName") { Severity = Severity.Warning };
        }
        if (agency.Region.Length is not (6 or 9) || !agency.Region.All(char.IsAsciiDigit))
        {
            yield return new Flaw($"行政区划代码{agency.Region}无效", $"{agency.Region} is no region code", "/agencyName");
        }
    }
}

using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Structure;

/// <summary>STR-005 to STR-008: which form the tables follow.</summary>
internal static class FormRules
{
    private const string Notice = "国办公开办函〔2021〕30号";
    private const string Trial = "国办公开办函〔2019〕60号";
    private const int CurrentFormFrom = 2021;

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("STR-005", Severity.Error,
            new("使用旧格式", "Superseded form"),
            new("2021年及以后的年报，表二、表三均未采用30号格式", "From report year 2021 on, tables 2 and 3 both follow another form than the one in force"),
            Notice, OldForm)
        {
            FromYear = CurrentFormFrom,
            Implies = ["XY-007"],
            Holds = new Example([]) { Year = 2020 },
            Breaks = new Example([]) { Form = "2019" },
        },
        new("STR-008", Severity.Error,
            new("混用新旧格式", "Mixed forms"),
            new("表二与表三采用的格式不同；此时不再报STR-005，也不按行报STR-009", "Tables 2 and 3 follow different forms; this replaces STR-005, and STR-009 for the rows concerned"),
            Notice, MixedForms)
        {
            Implies = ["STR-010"],
            Holds = new Example([]) { Year = 2020 },
            Breaks = Example.Of(("/forms/applications", "2019")),
        },
        new("STR-006", Severity.Warning,
            new("2019年未采用统一格式", "2019 without the unified form"),
            new("2019年年报的表二、表三均未采用60号格式（当年为鼓励采用）", "Tables 2 and 3 of a 2019 report both follow another form than 60号, which that year only encouraged"),
            Trial, input => NotTrial(input, 2019))
        {
            Implies = ["T3-006"],
            Holds = new Example([]) { Year = 2019 },
            Breaks = new Example([]) { Year = 2019, Form = "2021" },
        },
        new("STR-007", Severity.WaivableError,
            new("2020年未采用试行格式", "2020 without the trial form"),
            new("2020年年报的表二、表三均未采用60号格式", "Tables 2 and 3 of a 2020 report both follow another form than 60号"),
            Trial, input => NotTrial(input, 2020))
        {
            Implies = ["T3-006", "XY-007"],
            Holds = new Example([]) { Year = 2020 },
            Breaks = new Example([]) { Year = 2020, Form = "2021" },
        },
    ];

    private static IEnumerable<Flaw> OldForm(RuleInput input)
    {
        var followed = input.Followed("proactive");
        if (!input.MixesForms && followed != input.Prescribed)
        {
            yield return new Flaw(
                $"{input.Year}年年报应使用{input.Prescribed!.Document}格式，表二、表三采用的是{followed.Document}格式",
                $"The {input.Year} report must use the form of {input.Prescribed.Document}; tables 2 and 3 follow {followed.Document}",
                "/tables/proactive", "/tables/applications");
        }
    }

    private static IEnumerable<Flaw> MixedForms(RuleInput input)
    {
        if (input.MixesForms)
        {
            var (second, third) = (input.Followed("proactive"), input.Followed("applications"));
            yield return new Flaw(
                $"表格混用新旧格式：表二为{second.Key}年格式，表三为{third.Key}年格式",
                $"Tables mix forms: table 2 follows the {second.Key} form, table 3 the {third.Key} form",
                "/tables/proactive", "/tables/applications");
        }
    }

    private static IEnumerable<Flaw> NotTrial(RuleInput input, int year)
    {
        if (input.Year == year && !input.MixesForms && input.Followed("proactive") != input.Prescribed)
        {
            yield return new Flaw(
                year == 2019 ? "2019年年报鼓励采用统一格式" : "2020年年报应使用试行格式",
                year == 2019 ? "The 2019 report is encouraged to use the unified form" : "The 2020 report must use the trial form",
                "/tables/proactive", "/tables/applications");
        }
    }
}

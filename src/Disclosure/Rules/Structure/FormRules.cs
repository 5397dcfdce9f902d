using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;
using Disclosure.Rules.Tables;

namespace Disclosure.Rules.Structure;

/// <summary>STR-005, STR-008, STR-009: which form the tables follow, and whether they have all of it.</summary>
internal static class FormRules
{
    private const string Notice = "国办公开办函〔2021〕30号";
    private const int CurrentFormFrom = 2021;

    /// <summary>A row or a column of the form of which the filing has no cell.</summary>
    public sealed record MissingPart(string Pointer, Message Name, IReadOnlyList<Cell> Cells);

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("STR-005", Severity.Error,
            new("使用旧格式", "Superseded form"),
            new("2021年及以后的年报，表二、表三均未采用30号格式", "From report year 2021 on, tables 2 and 3 both follow another form than the one in force"),
            Notice, OldForm)
        {
            FromYear = CurrentFormFrom,
            Holds = new Example([]) { Year = 2020 },
            Breaks = new Example([]) { Form = "2019" },
        },
        new("STR-008", Severity.Error,
            new("混用新旧格式", "Mixed forms"),
            new("表二与表三采用的格式不同；此时不再报STR-005，也不按行报STR-009", "Tables 2 and 3 follow different forms; this replaces STR-005, and STR-009 for the rows concerned"),
            Notice, MixedForms)
        {
            Holds = new Example([]) { Year = 2020 },
            Breaks = Example.Of(("/forms/applications", "2019"), ("/tables/applications/otherHandling.other/total", null)),
        },
        new("STR-009", Severity.Error,
            new("缺少行或列", "Missing row or column"),
            new("所采用格式要求的行或列整个不存在", "A row or column that the table's own form requires is not there at all"),
            "国办公开办函〔2021〕30号、〔2019〕60号附件表格", MissingParts)
        {
            Holds = Example.Of(("/forms/disputes", null)),
            Breaks = Example.Of(("/tables/disputes/litigation", null)),
        },
    ];

    /// <summary>The rows and columns of the table's form without any cell in the filing. Cells that the document has but leaves empty are blank, not missing.</summary>
    public static IReadOnlyList<MissingPart> Missing(RuleInput input, string table) =>
        [.. input.Table(table).Blocks.SelectMany(block => Missing(input, table, block))];

    private static IEnumerable<MissingPart> Missing(RuleInput input, string table, Block block)
    {
        var cells = input.Table(table).Cells.Where(cell => cell.Block == block).ToList();
        var missingRows = cells.GroupBy(cell => cell.Row).Where(row => row.All(cell => IsAbsent(input, cell))).ToList();
        foreach (var row in missingRows)
        {
            yield return new MissingPart($"/tables/{table}/{row.Key.Key}", new(Labels.Zh(row.Key), row.Key.Key), [.. row]);
        }
        if (missingRows.Count == block.Rows.Count)
        {
            yield break;
        }
        foreach (var column in cells.GroupBy(cell => cell.Column).Where(column => column.All(cell => IsAbsent(input, cell))))
        {
            yield return new MissingPart(column.First().Address.Pointer, new(Labels.Zh(column.Key), column.Key.Key), [.. column]);
        }
    }

    private static bool IsAbsent(RuleInput input, Cell cell) =>
        input.Content.Cell(cell.Address) is null && !input.IsMarkedBlank(cell.Address);

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

    /// <summary>Where forms are mixed, rows that only one of them has are what STR-008 already tells.</summary>
    private static IEnumerable<Flaw> MissingParts(RuleInput input) =>
        from table in KnownFormats.TableKeys
        from part in Missing(input, table)
        where !input.MixesForms || part.Cells.Any(cell => KnownFormats.All.All(format => format.Table(table).Find(cell.Address) is not null))
        select new Flaw(
            $"表格缺少“{part.Name.Zh}”", $"Row or column \"{part.Name.En}\" is missing",
            [part.Pointer, .. part.Cells.Select(cell => cell.Address.Pointer).Where(pointer => pointer != part.Pointer)]);
}

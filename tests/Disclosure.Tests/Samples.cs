using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Tests;

/// <summary>Made-up reports whose numbers are not zero and whose sums hold.</summary>
public static class Samples
{
    public const string Agency = "11990102000001038J";
    public const string OtherAgency = "11990102000002049X";
    public const string Office = "11990000000001011Q";
    public const string AgencyName = "云州市桂山区工业和信息化局";

    /// <summary>The valid code of a made-up body, by a number of up to eight digits.</summary>
    public static string CodeOf(int number)
    {
        var body = number.ToString("D8");
        var code = $"11990102{body}{UnifiedCode.OrganisationCheckCharacter(body)}";
        return code + UnifiedCode.CheckCharacter(code);
    }

    /// <summary>A whole report of the form, every cell given.</summary>
    public static ReportContent Whole(ReportFormat? format = null) => Words(Tables(format ?? Format2021.Value), format ?? Format2021.Value);

    public static Filing Filing(int year = 2023, ReportFormat? format = null) =>
        new(AgencyName, year, Whole(format), Disclosure.Contents.Filing.NoReadings, []);

    private static ReportContent Words(ReportContent content, ReportFormat format) => KnownFormats.TableKeys
        .Aggregate(content, (all, table) => all.With($"/forms/{table}", format.Key))
        .With("/title", $"{AgencyName}2023年政府信息公开工作年度报告")
        .With("/period/from", "2023-01-01")
        .With("/period/to", "2023-12-31")
        .With("/sections/overview", "（一）主动公开。全年通过区政府网站公开信息126条。\n（二）依申请公开。全年办理申请若干件。")
        .With("/sections/problems", "一是公开内容不够丰富；二是更新不够及时。将加强培训，完善审核流程，按月检查栏目更新。")
        .With("/sections/otherMatters", "本年度未收取信息处理费。");

    private static ReportContent Tables(ReportFormat format)
    {
        var content = ReportContent.Empty;
        foreach (var cell in format.Tables.SelectMany(table => table.Cells))
        {
            var i = content.Cells.Count;
            content = content.With(cell.Address, cell.Column.Decimals > 0 ? 12.5m + i : (i * 7 + 3) % 10 + 1);
        }
        return Balanced(content, format);
    }

    /// <summary>Puts every total and balance right, keeping the other cells.</summary>
    public static ReportContent Balanced(ReportContent content, ReportFormat format)
    {
        var requests = format.Table("applications");
        foreach (var column in requests.Blocks[0].Columns.Where(column => column.SumOf.Count == 0))
        {
            decimal Of(string row) => content.Cell(new CellAddress("applications", row, column.Key)) ?? 0;
            var total = requests.Rows.Single(row => row.SumOf.Count > 0);
            var handled = total.SumOf.Sum(Of);
            content = content
                .With(new CellAddress("applications", total.Key, column.Key), handled)
                .With(new CellAddress("applications", "received", column.Key), handled + Of("carriedOver"))
                .With(new CellAddress("applications", "carriedIn", column.Key), 0);
        }
        foreach (var cell in format.Tables.SelectMany(table => table.Cells).Where(cell => cell.Column.SumOf.Count > 0))
        {
            content = content.With(cell.Address, cell.Column.SumOf.Sum(key => content.Cell(cell.Address with { Column = key }) ?? 0));
        }
        return content;
    }
}

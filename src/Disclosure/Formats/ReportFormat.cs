namespace Disclosure.Formats;

/// <summary>One official form of the annual report (政府信息公开工作年度报告格式).</summary>
/// <param name="Key">Name in the API: the year the form was issued.</param>
/// <param name="Document">The number of the notice that fixed it.</param>
/// <param name="FirstYear">First report year it applies to.</param>
/// <param name="LastYear">Last report year it applies to; null while it is in force.</param>
public sealed record ReportFormat(string Key, string Document, int FirstYear, int? LastYear, IReadOnlyList<Table> Tables)
{
    /// <summary>How many numbers a complete report of this form holds: 200 for 2021, 198 for 2019.</summary>
    public int NumericCells => Tables.Sum(table => table.Cells.Count);

    public Table Table(string key) => Tables.First(table => table.Key == key);

    public bool AppliesTo(int year) => year >= FirstYear && year <= (LastYear ?? int.MaxValue);
}

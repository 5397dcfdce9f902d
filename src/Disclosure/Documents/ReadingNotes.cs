namespace Disclosure.Documents;

/// <summary>Every note that reading a document may leave beside its content. A code keeps its meaning once it is released.</summary>
public static class ReadingNotes
{
    internal static readonly NoteKind TitleMissing = new("title-missing", "未找到标题“…年政府信息公开工作年度报告”", "No title \"…年政府信息公开工作年度报告\" was found");
    internal static readonly NoteKind AgencyMissing = new("agency-missing", "标题未写明机关名称", "The title names no agency");
    internal static readonly NoteKind YearFromPeriod = new("year-from-period", "标题未写年份，报告年度取自统计期限（{0}年）", "The title has no year; {0} is taken from the stated period");
    internal static readonly NoteKind YearMissing = new("year-missing", "标题和统计期限均未写明报告年度", "Neither the title nor a stated period gives the report year");
    internal static readonly NoteKind PeriodMissing = new("period-missing", "未找到统计期限", "No statistics period was found");
    internal static readonly NoteKind PeriodContradictory = new("period-contradictory", "统计期限前后不一致，未予采用", "The statistics period is stated twice and differently; neither was taken");
    internal static readonly NoteKind DateUnreadable = new("date-unreadable", "“{0}”不是有效日期", "\"{0}\" is no day of the calendar");
    internal static readonly NoteKind HeadingDiffers = new("heading-differs", "标题“{0}”与统一格式“{1}”不一致", "The heading \"{0}\" differs from the form's \"{1}\"");
    internal static readonly NoteKind HeadingMissing = new("heading-missing", "未找到标题“{0}”，按表格位置确定该部分", "The heading \"{0}\" is missing; the part was found by its table");
    internal static readonly NoteKind SectionMissing = new("section-missing", "未找到“{0}”部分", "The part \"{0}\" was not found");
    internal static readonly NoteKind SectionTooLong = new("section-too-long", "“{0}”部分超过{1}字，无法作为内容保存", "The part \"{0}\" has more than {1} characters and cannot be stored as content");
    internal static readonly NoteKind TableMissing = new("table-missing", "未找到“{0}”表", "The table \"{0}\" was not found");
    internal static readonly NoteKind FormDetected = new("form-detected", "本表采用{0}格式，依据：{1}", "The table follows the {0} form, judged by: {1}");
    internal static readonly NoteKind FormUnclear = new("form-unclear", "本表没有可区分格式的内容，按报告年度取{0}格式", "Nothing in the table tells the forms apart; {0} is taken by the report year");
    internal static readonly NoteKind FormsMixed = new("forms-mixed", "各表采用的格式不同：{0}", "The tables follow different forms: {0}");
    internal static readonly NoteKind EvidenceMixed = new("form-evidence-mixed", "本表同时含有其他格式的内容：{0}", "The table also holds what belongs to another form: {0}");
    internal static readonly NoteKind LabelDiffers = new("label-differs", "“{0}”应为“{1}”", "\"{0}\" should read \"{1}\"");
    internal static readonly NoteKind HeaderMissing = new("header-missing", "表头缺失或不完整，按统一格式的列序读取", "The column headers are missing or incomplete; the columns were taken in the form's order");
    internal static readonly NoteKind HeaderReordered = new("header-reordered", "列序与统一格式不同，已按表头读取", "The columns are not in the form's order; they were read by their headers");
    internal static readonly NoteKind ExtraColumn = new("extra-column", "统一格式没有的列：“{0}”，未读取", "The form has no column \"{0}\"; it was left out");
    internal static readonly NoteKind ExtraRow = new("extra-row", "统一格式没有的行：“{0}”，未读取", "The form has no row \"{0}\"; it was left out");
    internal static readonly NoteKind MissingRow = new("row-missing", "缺少“{0}”行", "The row \"{0}\" is missing");
    internal static readonly NoteKind MissingColumn = new("column-missing", "缺少“{0}”列", "The column \"{0}\" is missing");
    internal static readonly NoteKind RowRepeated = new("row-repeated", "“{0}”行重复出现", "The row \"{0}\" appears more than once");
    internal static readonly NoteKind RowUnclear = new("row-unclear", "“{0}”行的数据与各列无法一一对应", "The values of the row \"{0}\" cannot be told apart by column");
    internal static readonly NoteKind UnitConverted = new("unit-converted", "“{0}”已换算为{1}万元", "\"{0}\" was converted to {1} 万元");
    internal static readonly NoteKind UnitNotPrinted = new("unit-not-printed", "采购总金额未注明单位，按所印数字记录", "No unit is printed with the amount; the number is kept as printed");
    internal static readonly NoteKind MarkLifted = new("mark-lifted", "已移除编辑痕迹“{0}”", "The editing mark \"{0}\" was lifted out");
    internal static readonly NoteKind PageNumbersDropped = new("page-numbers-dropped", "已略去{0}个页码", "{0} page numbers were left out");
    internal static readonly NoteKind SeveralSites = new("several-sites", "文中有多个网址，联系方式取第一个", "Several sites are named; the first is taken as the contact");
    internal static readonly NoteKind NotesCut = new("notes-cut", "说明过多，其余从略", "There were more notes than can be listed");

    public static IReadOnlyList<NoteKind> All { get; } =
    [
        TitleMissing, AgencyMissing, YearFromPeriod, YearMissing, PeriodMissing, PeriodContradictory, DateUnreadable,
        HeadingDiffers, HeadingMissing, SectionMissing, SectionTooLong, TableMissing, FormDetected, FormUnclear, FormsMixed,
        EvidenceMixed, LabelDiffers, HeaderMissing, HeaderReordered, ExtraColumn, ExtraRow, MissingRow, MissingColumn,
        RowRepeated, RowUnclear, UnitConverted, UnitNotPrinted, MarkLifted, PageNumbersDropped, SeveralSites, NotesCut,
    ];
}

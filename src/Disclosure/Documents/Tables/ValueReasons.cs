using Disclosure.Contents;

namespace Disclosure.Documents.Tables;

/// <summary>Why a cell gave no sure number, or what was done to read it.</summary>
internal static class ValueReasons
{
    public static readonly Message NotANumber = new("所印内容不是一个数字", "What is printed is not one number");
    public static readonly Message SpaceInside = new("数字中间有空白或换行", "White space or a line break stands inside the number");
    public static readonly Message Negative = new("此处不应为负数", "A negative number cannot stand here");
    public static readonly Message Fraction = new("此处应为整数", "A whole number must stand here");
    public static readonly Message TooLarge = new("数字超出可记录的范围", "The number is out of range");
    public static readonly Message Misaligned = new("本行数据与各列无法一一对应", "The values of the row cannot be assigned to its columns");
    public static readonly Message RunTogether = new("数字连在一起，候选值为合计关系成立的拆分", "The digits run together; the candidates are splits under which the sums hold");
    public static readonly Message HeaderUnclear = new("表头列序不明", "The order of the columns cannot be told from the headers");
    public static readonly Message Contradictory = new("同一单元格出现两次且数值不同", "The cell appears more than once with different values");
    public static readonly Wording TooFine = new("小数超过{0}位", "There are more than {0} decimal places");
    public static readonly Wording UnknownUnit = new("单位或后缀“{0}”与本列不符", "\"{0}\" behind the number does not fit this column");
    public static readonly Wording SignsDropped = new("“{0}”按{1}读取", "\"{0}\" was read as {1}");
    public static readonly Wording Placeholder = new("“{0}”不是数字，按空白处理", "\"{0}\" is no number and counts as blank");
}

using System.Globalization;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Tables;

/// <summary>A cell with its number, if that was read for sure.</summary>
internal sealed record CellReading(Reading Reading, decimal? Value)
{
    /// <summary>Whether a printed unit was turned into the form's.</summary>
    public bool IsConverted { get; init; }

    public static CellReading Absent { get; } = new(new Reading(ReadingState.Absent, null, null, null, [], null), null);

    /// <summary>What is printed is kept; what it means is left to a person.</summary>
    public static CellReading Uncertain(SourceCell cell, IEnumerable<decimal> candidates, Message why) =>
        new(new Reading(ReadingState.Uncertain, PrintedNumber.Raw(cell), cell.Line, cell.Column, [.. candidates.Select(ReportContent.Normalised).Distinct().Take(PrintedNumber.MostCandidates)], why), null);
}

/// <summary>Reads one cell for the column it stands in. Only a number that is beyond doubt becomes a value.</summary>
internal static class PrintedNumber
{
    public const int MostCandidates = 5;
    private const decimal LargestCount = 9007199254740991m;
    private const int MostDigits = 15;

    /// <summary>No number is longer with all its separators and its unit; longer text is not looked through for one.</summary>
    private const int LongestNumber = 60;

    /// <summary>Ways to print "no number". Kept apart from 0, which is a number.</summary>
    private static readonly HashSet<string> _placeholders = new(["", "/", "\\", "-", "--", "---", "无", "暂无", "没有", "空", "空白", "不适用", "N/A", "n/a"], StringComparer.Ordinal);

    /// <summary>Counting words that may stand behind a count without changing it.</summary>
    private static readonly HashSet<string> _counters = new(["件", "条", "个", "项", "宗", "起", "份", "次", "例"], StringComparer.Ordinal);

    /// <summary>How many 万元 one of each unit of money is.</summary>
    private static readonly Dictionary<string, decimal> _money = new(StringComparer.Ordinal)
    {
        ["元"] = 0.0001m,
        ["人民币元"] = 0.0001m,
        ["百元"] = 0.01m,
        ["千元"] = 0.1m,
        ["百万元"] = 100,
        ["万元"] = 1,
        ["万元人民币"] = 1,
        ["亿元"] = 10_000,
    };

    private const int LongestHeader = 200;
    private static readonly char[] _unitSigns = ['(', ')', ':', ',', ';', '、', '/'];
    private static readonly string[] _beforeUnits = ["本年收费金额", "本年度收费金额", "收费金额", "单位为", "单位"];

    public static string Raw(SourceCell cell) => cell.Text.Trim();

    public static bool IsPlaceholder(string text) => text.Length <= LongestNumber && _placeholders.Contains(Folding.Fold(text));

    /// <summary>Whether a cell may be a value at all: a number with what may stand around it, or a way to print none.</summary>
    public static bool IsValueLike(string text)
    {
        if (text.Length > LongestNumber)
        {
            return false;
        }
        var folded = Folding.Fold(text);
        return _placeholders.Contains(folded) || Split(folded) is { Digits.Length: > 0 } parts && (parts.Unit.Length == 0 || IsUnit(parts.Unit));
    }

    public static bool IsUnit(string words) => _counters.Contains(words) || _money.ContainsKey(words);

    /// <summary>The unit of money that a header prints, e.g. 元 in 本年收费金额（单位：元）: the last words between signs that are one; null when none are.</summary>
    public static string? UnitIn(string header) => header.Length > LongestHeader ? null : Folding.Fold(header).Split(_unitSigns, StringSplitOptions.RemoveEmptyEntries)
        .Select(words => _beforeUnits.Aggregate(words, (rest, before) => rest.StartsWith(before, StringComparison.Ordinal) ? rest[before.Length..] : rest))
        .LastOrDefault(_money.ContainsKey);

    public static CellReading Read(SourceCell cell, Column column, string? headerUnit)
    {
        var folded = cell.Text.Length > LongestNumber ? null : Folding.Fold(cell.Text);
        if (folded is null)
        {
            return CellReading.Uncertain(cell, [], ValueReasons.NotANumber);
        }
        if (_placeholders.Contains(folded))
        {
            return new CellReading(new Reading(ReadingState.Blank, Raw(cell), cell.Line, cell.Column, [], folded.Length == 0 ? null : ValueReasons.Placeholder.Tell(folded)), null);
        }
        var parts = Split(folded);
        if (parts.Digits.Length == 0 || NumberOf(parts.Digits) is not { } number)
        {
            return CellReading.Uncertain(cell, NumbersIn(folded).Where(value => Fits(value, column)), ValueReasons.NotANumber);
        }
        var signed = parts.Negative ? -number : number;
        return Doubt(cell, parts, signed, column) ?? Convert(cell, parts, signed, column, headerUnit);
    }

    private readonly record struct Parts(bool Negative, string Digits, string Unit);

    /// <summary>A sign, digits with separators, and whatever follows. Digits may begin with a point: .09 is what a cut left of a number, and no word.</summary>
    private static Parts Split(string folded)
    {
        var negative = folded.StartsWith('-') || folded.StartsWith('减');
        var start = negative || folded.StartsWith('+') || folded.StartsWith('增') ? 1 : 0;
        var end = start;
        while (end < folded.Length && (char.IsAsciiDigit(folded[end]) || (folded[end] is ',' or '.' && (end > start || (end + 1 < folded.Length && char.IsAsciiDigit(folded[end + 1]))))))
        {
            end++;
        }
        return new Parts(negative, folded[start..end], folded[end..]);
    }

    /// <summary>The value of digits; null when separators stand where none can, or zeros lead.</summary>
    private static decimal? NumberOf(string digits)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "0" : digits[(point + 1)..];
        var groups = whole.Split(',');
        var grouped = groups.Length == 1 || (groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3));
        var plain = string.Concat(groups);
        var wellFormed = grouped && plain.Length is > 0 and <= 20 && fraction.Length is > 0 and <= 10 && fraction.All(char.IsAsciiDigit) && !(plain.Length > 1 && plain[0] == '0');
        return wellFormed ? decimal.Parse($"{plain}.{fraction}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>What makes a number that can be read one that cannot be trusted.</summary>
    private static CellReading? Doubt(SourceCell cell, Parts parts, decimal number, Column column)
    {
        var inside = Raw(cell);
        var digits = inside.TrimStart('+', '-', '－', '−', '减', '增', ' ');
        var broken = Enumerable.Range(0, digits.Length).Any(i => Folding.IsSpace(digits[i]) && IsNumberSign(digits, i - 1) && IsNumberSign(digits, i + 1));
        if (broken)
        {
            return CellReading.Uncertain(cell, Fits(number, column) ? [number] : [], ValueReasons.SpaceInside);
        }
        var known = parts.Unit.Length == 0 || (column.Decimals > 0 ? _money.ContainsKey(parts.Unit) : _counters.Contains(parts.Unit));
        return known ? null : CellReading.Uncertain(cell, NumbersIn(Folding.Fold(cell.Text)).Where(value => Fits(value, column)), ValueReasons.UnknownUnit.Tell(parts.Unit));
    }

    private static bool IsNumberSign(string text, int at) =>
        at >= 0 && at < text.Length && (char.IsAsciiDigit(Folding.Narrow(text[at])) || Folding.IsSpace(text[at]) || Folding.Narrow(text[at]) is '.' or ',');

    private static CellReading Convert(SourceCell cell, Parts parts, decimal number, Column column, string? headerUnit)
    {
        var unit = parts.Unit.Length > 0 ? parts.Unit : headerUnit ?? "";
        var factor = column.Decimals > 0 ? _money.GetValueOrDefault(unit, 1) : 1;
        var value = ReportContent.Normalised(number * factor);
        if (WhyUnfit(value, column) is { } why)
        {
            return CellReading.Uncertain(cell, parts.Digits.Contains('.', StringComparison.Ordinal) && Fits(value, column) ? [value] : [], why);
        }
        var told = factor != 1 ? ReadingNotes.UnitConverted.Tell(parts.Digits + unit, value)
            : parts.Unit.Length > 0 || parts.Digits.Contains(',', StringComparison.Ordinal) ? ValueReasons.SignsDropped.Tell(Raw(cell), value)
            : null;
        return column.Decimals == 0 && parts.Digits.Contains('.', StringComparison.Ordinal)
            ? CellReading.Uncertain(cell, [value], ValueReasons.Fraction)
            : new CellReading(new Reading(ReadingState.Sure, Raw(cell), cell.Line, cell.Column, [], told), value) { IsConverted = factor != 1 };
    }

    /// <summary>An amount of money whose unit neither the form nor the document tells.</summary>
    public static bool LacksUnit(string raw, Column column, string? headerUnit) =>
        column.Unit is { } unit && !_money.ContainsKey(unit) && headerUnit is null && Folding.Fold(raw).All(c => char.IsAsciiDigit(c) || c is ',' or '.');

    private static bool Fits(decimal value, Column column) => WhyUnfit(value, column) is null;

    private static Message? WhyUnfit(decimal value, Column column)
    {
        if (value < 0 && !column.Signed)
        {
            return ValueReasons.Negative;
        }
        if (column.Decimals == 0)
        {
            return value != decimal.Truncate(value) ? ValueReasons.Fraction : Math.Abs(value) > LargestCount ? ValueReasons.TooLarge : null;
        }
        var normal = ReportContent.Normalised(value);
        return normal.Scale > column.Decimals ? ValueReasons.TooFine.Tell(column.Decimals)
            : Math.Abs(normal).ToString(CultureInfo.InvariantCulture).Count(char.IsAsciiDigit) > MostDigits + (Math.Abs(normal) < 1 ? 1 : 0) ? ValueReasons.TooLarge
            : null;
    }

    /// <summary>The numbers that stand anywhere in the words of a cell, as they come.</summary>
    private static IEnumerable<decimal> NumbersIn(string folded)
    {
        var start = 0;
        while (start < folded.Length)
        {
            var parts = Split(folded[start..]);
            if (!parts.Negative && parts.Digits.Length > 0 && NumberOf(parts.Digits.TrimEnd(',', '.')) is { } number)
            {
                yield return number;
            }
            start += Math.Max(1, parts.Digits.Length);
        }
    }
}

using System.Globalization;

namespace Disclosure.Prose;

/// <summary>A stretch of days as printed, and where in the folded text it begins.</summary>
internal sealed record PrintedPeriod(DateOnly From, DateOnly To, int At);

/// <summary>Reads days in the ways reports print them: 2024年1月17日, 二〇二四年一月十七日, 2024-01-17, and periods from one day to another.</summary>
internal static class PrintedDays
{
    private const string Digits = "〇一二三四五六七八九";
    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    private static readonly string[] _starts = ["起", "开始"];
    private static readonly string[] _until = ["至", "到", "-", "--", "~", "截至", "截止"];
    private static readonly string[] _sameYear = ["当年", "同年", "本年"];

    /// <summary>A day, or a month when no day is printed.</summary>
    private sealed record Printed(int? Year, int Month, int? Day, int End);

    /// <summary>The day that is all a line says; null when the line says anything else, or no such day exists.</summary>
    public static DateOnly? WholeLine(string line) => Whole(line) is { Year: { } year, Day: { } day } printed ? DayOf(year, printed.Month, day) : null;

    /// <summary>Whether a line is written as a date but names no day of the calendar, as 2023年2月30日 does.</summary>
    public static bool IsImpossible(string line) => Whole(line) is { Year: not null, Day: not null } && WholeLine(line) is null;

    /// <summary>The first year in a text, as 2023年 or 二〇二三年度, with where it stands. In 2023年度报告 the rest belongs to the report.</summary>
    public static (int Year, int At, int Length)? YearIn(string folded)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            if (YearAt(folded, i) is { } year && i + 4 < folded.Length && folded[i + 4] == '年')
            {
                var rest = folded.AsSpan(i + 4);
                var belongs = rest.StartsWith("年度报告", StringComparison.Ordinal) ? 0 : rest.StartsWith("年度", StringComparison.Ordinal) ? 2 : 1;
                return (year, i, 4 + belongs);
            }
        }
        return null;
    }

    /// <summary>Every "from … to …" of a folded text.</summary>
    public static IEnumerable<PrintedPeriod> PeriodsIn(string folded)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            if ((i > 0 && IsNumeral(folded[i - 1])) || DayAt(folded, i) is not { Year: { } year } from)
            {
                continue;
            }
            var at = SkipAny(folded, SkipAny(folded, from.End, _starts), [","]);
            var second = SkipAny(folded, at, _until);
            if (second == at || DayAt(folded, SkipAny(folded, second, _sameYear)) is not { } to || (from.Day is null) != (to.Day is null))
            {
                continue;
            }
            if (DayOf(year, from.Month, from.Day ?? 1) is { } first && LastOf(to.Year ?? year, to) is { } last && first <= last)
            {
                yield return new PrintedPeriod(first, last, i);
            }
        }
    }

    private static Printed? Whole(string line)
    {
        if (line.Length > 40)
        {
            return null;
        }
        var folded = Folding.Fold(line).Trim('(', ')');
        return DayAt(folded, 0) is { } printed && printed.End == folded.Length ? printed : null;
    }

    private static DateOnly? LastOf(int year, Printed to) =>
        DayOf(year, to.Month, to.Day ?? (to.Month is >= 1 and <= 12 ? DateTime.DaysInMonth(year, to.Month) : 0));

    private static DateOnly? DayOf(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static Printed? DayAt(string text, int at)
    {
        var year = YearAt(text, at);
        var next = year is null ? at : at + 4;
        if (year is not null && (next >= text.Length || text[next] is not ('年' or '-' or '.' or '/')))
        {
            return null;
        }
        var sign = year is null ? '年' : text[next];
        next += year is null ? 0 : 1;
        if (NumberAt(text, next) is not var (month, afterMonth) || afterMonth >= text.Length)
        {
            return null;
        }
        var monthEnds = sign == '年' ? text[afterMonth] == '月' : text[afterMonth] == sign;
        if (!monthEnds)
        {
            return null;
        }
        if (NumberAt(text, afterMonth + 1) is not var (day, afterDay))
        {
            return sign == '年' ? new Printed(year, month, null, afterMonth + 1) : null;
        }
        var named = afterDay < text.Length && text[afterDay] is '日' or '号';
        return sign != '年' ? new Printed(year, month, day, afterDay)
            : named ? new Printed(year, month, day, afterDay + 1)
            : new Printed(year, month, null, afterMonth + 1);
    }

    private static int? YearAt(string text, int at)
    {
        if (at + 4 > text.Length)
        {
            return null;
        }
        var year = 0;
        for (var i = at; i < at + 4; i++)
        {
            var digit = char.IsAsciiDigit(text[i]) ? text[i] - '0' : text[i] == '零' ? 0 : Digits.IndexOf(text[i], StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }
            year = (year * 10) + digit;
        }
        return year is >= FirstYear and <= LastYear ? year : null;
    }

    /// <summary>A number of at most two figures, or of at most three numerals such as 二十三.</summary>
    private static (int Number, int End)? NumberAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < 3 && (at == end || char.IsAsciiDigit(text[end]) == char.IsAsciiDigit(text[at])) && IsNumeral(text[end]))
        {
            end++;
        }
        if (end == at)
        {
            return null;
        }
        if (char.IsAsciiDigit(text[at]))
        {
            return end - at <= 2 ? (int.Parse(text.AsSpan(at, end - at), CultureInfo.InvariantCulture), end) : null;
        }
        var (tens, ones) = (0, 0);
        foreach (var c in text.AsSpan(at, end - at))
        {
            (tens, ones) = c == '十' ? (Math.Max(ones, 1), 0) : (tens, Digits.IndexOf(c, StringComparison.Ordinal));
        }
        return ((tens * 10) + ones, end);
    }

    private static bool IsNumeral(char c) => char.IsAsciiDigit(c) || c == '十' || Digits.Contains(c, StringComparison.Ordinal);

    private static int SkipAny(string text, int at, string[] words)
    {
        foreach (var word in words.OrderByDescending(word => word.Length))
        {
            if (at <= text.Length && text.AsSpan(at).StartsWith(word, StringComparison.Ordinal))
            {
                return at + word.Length;
            }
        }
        return at;
    }
}

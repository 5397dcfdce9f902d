namespace Disclosure.Prose;

/// <summary>The number of a document, as 国办函〔2020〕109号 or 国务院令第711号.</summary>
/// <param name="Issuer">The words before the year, 国办函; of an order the words before 第.</param>
/// <param name="Year">Null for an order of the State Council, which has none.</param>
/// <param name="Open">The bracket before the year as printed; a blank for an order.</param>
public sealed record DocumentNumber(int From, int To, string Issuer, int? Year, int Serial, char Open)
{
    private const string Opens = "〔[(【{〖";
    private const string Closes = "〕])】}〗";
    private const int LongestIssuer = 16;
    private const int EarliestYear = 1950;

    /// <summary>Far off, so that 〔2203〕 is read and can be told to be none.</summary>
    private const int LatestYear = 2999;
    private const string Council = "国务院";

    /// <summary>The names of its orders, the longest first; what stands before them belongs to the sentence.</summary>
    private static readonly string[] _council = ["中华人民共和国国务院令", "国务院令", "国令"];

    /// <summary>The number as it should be written.</summary>
    public string Standard => Year is { } year ? $"{Issuer}〔{year}〕{Serial}号" : $"{Issuer}第{Serial}号";

    public static IReadOnlyList<DocumentNumber> In(string folded)
    {
        var found = new List<DocumentNumber>();
        for (var i = 0; i < folded.Length; i++)
        {
            if (folded[i] == '号' && EndingAt(folded, i) is { } number)
            {
                found.Add(number);
            }
        }
        return found;
    }

    private static DocumentNumber? EndingAt(string text, int end)
    {
        var digits = end;
        while (digits > 0 && char.IsAsciiDigit(text[digits - 1]) && end - digits < 5)
        {
            digits--;
        }
        if (digits == end || digits == 0)
        {
            return null;
        }
        var serial = int.Parse(text.AsSpan(digits, end - digits), System.Globalization.CultureInfo.InvariantCulture);
        var mark = text[digits - 1] == '第' ? digits - 1 : digits;
        if (OrderEndingAt(text, mark, digits, end, serial) is { } order)
        {
            return order;
        }
        if (mark < 6 || !Closes.Contains(text[mark - 1], StringComparison.Ordinal) || !Opens.Contains(text[mark - 6], StringComparison.Ordinal)
            || Numeral.At(text, mark - 5) is not (>= EarliestYear and <= LatestYear and var year, var yearEnd) || yearEnd != mark - 1)
        {
            return null;
        }
        var issuer = IssuerBefore(text, mark - 6);
        return issuer < 2 ? null : new DocumentNumber(mark - 6 - issuer, end + 1, text.Substring(mark - 6 - issuer, issuer), (int)year, serial, text[mark - 6]);
    }

    /// <summary>An order: 国务院令第711号, or as it is also written, 国务院令711号 and 国务院第711号令.</summary>
    private static DocumentNumber? OrderEndingAt(string text, int mark, int digits, int end, int serial)
    {
        var before = text.AsSpan(0, mark);
        var council = Array.Find(_council, name => text.AsSpan(0, mark).EndsWith(name));
        if (mark < digits && council is null && before.EndsWith(Council) && end + 1 < text.Length && text[end + 1] == '令')
        {
            return new DocumentNumber(mark - Council.Length, end + 2, $"{Council}令", null, serial, ' ');
        }
        if (council is not null)
        {
            return new DocumentNumber(mark - council.Length, end + 1, council, null, serial, ' ');
        }
        return mark < digits && before is [.., '令'] && IssuerBefore(text, mark) is var issuer
            ? new DocumentNumber(mark - issuer, end + 1, text.Substring(mark - issuer, issuer), null, serial, ' ')
            : null;
    }

    /// <summary>How many Chinese characters stand directly before.</summary>
    private static int IssuerBefore(string text, int at)
    {
        var length = 0;
        while (length < LongestIssuer && at - length > 0 && text[at - length - 1] is >= '\u4E00' and <= '\u9FFF')
        {
            length++;
        }
        return length;
    }
}

/// <summary>The title of a document between 《 and 》, and the number that follows it.</summary>
/// <param name="Title">What stands between the outer marks.</param>
public sealed record Citation(int From, int To, string Title, DocumentNumber? Number)
{
    private const int LongestTitle = 200;

    public static IReadOnlyList<Citation> In(string folded, IReadOnlyList<DocumentNumber> numbers)
    {
        var found = new List<Citation>();
        var numberAt = numbers.ToDictionary(number => number.From);
        for (var i = 0; i < folded.Length; i++)
        {
            if (folded[i] == '《' && Close(folded, i) is { } close)
            {
                found.Add(new Citation(i, close + 1, folded[(i + 1)..close], Following(folded, close + 1, numberAt)));
                i = close;
            }
        }
        return found;
    }

    /// <summary>The mark that closes the outermost title; a title that is never closed is none.</summary>
    private static int? Close(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length && i - open <= LongestTitle && !Sentence.Ends(text[i]); i++)
        {
            depth += text[i] == '《' ? 1 : text[i] == '》' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }
        return null;
    }

    /// <summary>
    /// The number that belongs to the title: in brackets directly behind it, with nothing but a short name after, or directly behind it when
    /// it is one of the State Council's. In 《条例》和国办发… the second document is another.
    /// </summary>
    private static DocumentNumber? Following(string text, int at, Dictionary<int, DocumentNumber> numberAt)
    {
        var bracketed = at < text.Length && text[at] is '(' or '〔' or '[' or '【';
        var start = bracketed ? at + 1 : at;
        start += text.AsSpan(start).StartsWith("文号:", StringComparison.Ordinal) ? 3 : 0;
        if (numberAt.GetValueOrDefault(start) is not { } number || (!bracketed && number.Issuer[0] != '国'))
        {
            return null;
        }
        return !bracketed || number.To == text.Length || text[number.To] is ')' or '〕' or ']' or '】' or ',' or ';' or '、' ? number : null;
    }
}

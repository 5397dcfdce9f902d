using System.Globalization;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>
/// The ways to part a run of digits into the numbers of a row so that the printed sums hold. None of them is sure; all are
/// shown, the likeliest first.
/// </summary>
internal static class DigitSplits
{
    private const int MostDigits = 60;
    private const int MostSteps = 10_000;
    private const int MostFound = 200;
    private const int LongestCount = 12;

    public static IReadOnlyList<decimal[]> Of(string printed, IReadOnlyList<Column> columns)
    {
        var digits = Folding.Fold(printed);
        if (digits.Length < columns.Count || digits.Length > MostDigits || !digits.All(c => char.IsAsciiDigit(c) || c == '.'))
        {
            return [];
        }
        var search = new Search(digits, columns, hold: true);
        search.Next(0, 0);
        if (search.Found.Count == 0)
        {
            // The printed sums themselves may be wrong.
            search = new Search(digits, columns, hold: false);
            search.Next(0, 0);
        }
        return [.. search.Found.OrderBy(Unevenness)];
    }

    /// <summary>Reports count small numbers; of two ways that add up, the one with fewer digits in its largest is likelier.</summary>
    private static decimal Unevenness(decimal[] numbers) => numbers.Max();

    private sealed class Search(string digits, IReadOnlyList<Column> columns, bool hold)
    {
        private readonly decimal[] _numbers = new decimal[columns.Count];
        private readonly int[][] _sums = [.. columns.Select((column, i) => hold ? SumOf(columns, i, column) : [])];
        private int _steps;

        public List<decimal[]> Found { get; } = [];

        public void Next(int column, int at)
        {
            if (++_steps > MostSteps || Found.Count >= MostFound)
            {
                return;
            }
            if (column == columns.Count)
            {
                if (at == digits.Length)
                {
                    Found.Add([.. _numbers]);
                }
                return;
            }
            if (_sums[column].Length > 0)
            {
                TakeSum(column, at);
                return;
            }
            var most = Math.Min(LongestCount, digits.Length - at - (columns.Count - column - 1));
            for (var length = 1; length <= most; length++)
            {
                if (Number(digits.AsSpan(at, length), columns[column]) is { } number)
                {
                    _numbers[column] = number;
                    Next(column + 1, at + length);
                }
            }
        }

        /// <summary>A total is what its parts make: there is one way to print it.</summary>
        private void TakeSum(int column, int at)
        {
            var sum = _sums[column].Sum(part => _numbers[part]);
            var printed = sum.ToString(CultureInfo.InvariantCulture);
            if (string.CompareOrdinal(digits, at, printed, 0, printed.Length) == 0)
            {
                _numbers[column] = sum;
                Next(column + 1, at + printed.Length);
            }
        }

        private static decimal? Number(ReadOnlySpan<char> digits, Column column)
        {
            if ((digits.Length > 1 && digits[0] == '0' && digits[1] != '.') || digits[0] == '.' || digits[^1] == '.' || (column.Decimals == 0 && digits.Contains('.')))
            {
                return null;
            }
            return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        /// <summary>The nearest columns before a total that it adds up: the same five columns come three times in table 4.</summary>
        private static int[] SumOf(IReadOnlyList<Column> columns, int at, Column column) =>
            [.. column.SumOf.Select(key => Enumerable.Range(0, at).LastOrDefault(i => columns[i].Key == key, -1)).Where(i => i >= 0)];
    }
}

using System.Text;
using Disclosure.Documents.Writing;

namespace Disclosure.Documents;

/// <summary>
/// Reads text/csv (RFC 4180) as spreadsheets write it. A record of one field is a line of prose, any other a row of a table;
/// an empty record ends the table. Read here and not by a library, because a reading tells line and column of each number.
/// </summary>
public static class CsvText
{
    /// <summary>No form has a row anywhere near this wide; what follows stays together in the last cell.</summary>
    private const int WidestRow = 200;

    public static SourceText Read(string csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var scanner = new Scanner(csv);
        var rows = new List<SourceRow>();
        var (tables, inTable) = (0, false);
        while (scanner.Next() is { } record)
        {
            var isProse = record.Count == 1;
            if (isProse && record[0].IsBlank)
            {
                inTable = false;
                continue;
            }
            tables += isProse || inTable ? 0 : 1;
            inTable = !isProse;
            rows.Add(new SourceRow(record, isProse ? null : tables));
        }
        return new SourceText(rows);
    }

    /// <summary>An apostrophe that keeps a spreadsheet from calculating is no part of the text.</summary>
    private static string Plain(string field)
    {
        var rest = field.AsSpan().TrimStart('\'');
        return rest.Length < field.Length && rest.Length > 0 && CsvRendering.Formula.Contains(rest[0], StringComparison.Ordinal) ? field[1..] : field;
    }

    private sealed class Scanner(string csv)
    {
        private readonly StringBuilder _field = new();
        private readonly char _separator = SeparatorOf(csv);
        private int _at = csv.StartsWith('\uFEFF') ? 1 : 0;
        private int _line = 1;
        private int _lineBegins;

        /// <summary>The fields of the next record; null at the end.</summary>
        public List<SourceCell>? Next()
        {
            if (_at >= csv.Length)
            {
                return null;
            }
            var record = new List<SourceCell>();
            var rest = new StringBuilder();
            bool ends;
            do
            {
                var (line, column) = (_line, _at - _lineBegins + 1);
                ends = Field();
                if (record.Count < WidestRow)
                {
                    record.Add(new SourceCell(Plain(_field.ToString()), line, column));
                }
                else
                {
                    rest.Append('\n').Append(_field);
                }
            }
            while (!ends);
            if (rest.Length > 0)
            {
                record[^1] = record[^1] with { Text = record[^1].Text + rest };
            }
            return record;
        }

        /// <summary>Takes one field; true when its record ends with it.</summary>
        private bool Field()
        {
            _field.Clear();
            var quoted = _at < csv.Length && csv[_at] == '"';
            _at += quoted ? 1 : 0;
            while (_at < csv.Length)
            {
                var c = csv[_at++];
                if (c == '"' && quoted)
                {
                    quoted = _at < csv.Length && csv[_at] == '"';
                    _at += quoted ? 1 : 0;
                    Append(quoted ? '"' : '\0');
                }
                else if (c == _separator && !quoted)
                {
                    return false;
                }
                else if (c is '\n' or '\r')
                {
                    _at += c == '\r' && _at < csv.Length && csv[_at] == '\n' ? 1 : 0;
                    (_line, _lineBegins) = (_line + 1, _at);
                    if (!quoted)
                    {
                        return true;
                    }
                    _field.Append('\n');
                }
                else
                {
                    Append(c < ' ' && c != '\t' ? ' ' : c);
                }
            }
            return true;
        }

        private void Append(char c)
        {
            if (c != '\0')
            {
                _field.Append(c);
            }
        }

        /// <summary>Spreadsheets of some languages part fields by semicolons or tabs. The sign that stands most often is it.</summary>
        private static char SeparatorOf(string csv) => ",;\t".MaxBy(sign => csv.AsSpan().Count(sign));
    }
}

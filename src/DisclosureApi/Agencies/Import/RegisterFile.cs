using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using Disclosure.Agencies;
using Disclosure.Contents;
using DisclosureApi.Http;

namespace DisclosureApi.Agencies.Import;

/// <summary>One row of a file of entries: the entry, or everything that is wrong with it.</summary>
/// <param name="Line">Line of the file, counted from 1; of a row with line breaks, the first.</param>
internal sealed record RegisterRow(int Line, string Code, Agency? Agency, IReadOnlyList<Fault> Faults);

/// <summary>Reads entries of the register from comma-separated values (RFC 4180) with a header row.</summary>
internal static class RegisterFile
{
    public const int MaxRows = 10_000;
    private const int MaxRow = 16 * 1024;

    /// <summary>Names of the columns, those of the entry as JSON. Successors are parted by spaces.</summary>
    public static readonly string[] Columns = ["code", "name", "region", "level", "kind", "supervisor", "line", "validFrom", "validTo", "successors"];

    private static readonly string[] _needed = ["code", "name", "region", "level", "kind", "validFrom"];

    private static readonly CsvReaderOptions _options = new()
    {
        Separator = ',',
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = MaxRow,
        TrackLineNumbers = true,
        TrimWhitespace = true,
    };

    static RegisterFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>All rows, in order. A file that cannot be read to its end is refused as a whole, so that it registers nothing by halves.</summary>
    public static IReadOnlyList<RegisterRow> Read(byte[] bytes, string? charset)
    {
        using var csv = CsvReader.FromText(Decoded(bytes, charset), _options);
        try
        {
            var header = Header(csv);
            var rows = new List<RegisterRow>();
            while (csv.Read())
            {
                if (rows.Count == MaxRows)
                {
                    throw Refused($"超过{MaxRows}行；请分成几个文件", $"The file has more than {MaxRows} rows; part it in several files.");
                }
                rows.Add(Row(csv, header));
            }
            return rows;
        }
        catch (CsvFormatException fault)
        {
            throw Refused(
                $"第{fault.LineNumber}行有误：引号不成对或位置不对，或一行超过{MaxRow}字节",
                $"Line {fault.LineNumber} cannot be read: a quote out of place or without its other half, or a row of more than {MaxRow} bytes.");
        }
    }

    private static string[] Header(CsvReader csv)
    {
        csv.ReadHeader();
        string[] header = [.. csv.Headers];
        return header.Except(Columns, StringComparer.Ordinal).Any() || _needed.Except(header, StringComparer.Ordinal).Any() || header.Distinct(StringComparer.Ordinal).Count() < header.Length
            ? throw Refused(
                $"第一行应为列名：{string.Join(",", Columns)}；其中{string.Join(",", _needed)}不可缺",
                $"The first line names the columns: {string.Join(",", Columns)}. {string.Join(",", _needed)} cannot be left out; no other name is known and none stands twice.")
            : header;
    }

    private static RegisterRow Row(CsvReader csv, string[] header)
    {
        var line = (int)csv.LineNumber;
        var entry = new JsonObject();
        for (var i = 0; i < Math.Min(header.Length, csv.FieldCount); i++)
        {
            if (csv.GetString(i) is { Length: > 0 } value)
            {
                entry[header[i]] = header[i] == "successors" ? new JsonArray([.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => (JsonNode)code)]) : value;
            }
        }
        var code = entry["code"]?.GetValue<string>() ?? "";
        if (csv.FieldCount > header.Length)
        {
            return new RegisterRow(line, code, null, [new Fault("", new($"有{csv.FieldCount}个字段，列名只有{header.Length}个", $"has {csv.FieldCount} fields for {header.Length} columns"))]);
        }
        var (agency, faults) = AgencyReader.Read(JsonSerializer.SerializeToElement(entry), code);
        return new RegisterRow(line, code, agency, faults);
    }

    /// <summary>UTF-8 unless charset says otherwise; spreadsheets put a byte order mark before it. What does not decode would be somebody's garbled name.</summary>
    private static string Decoded(byte[] bytes, string? charset)
    {
        var name = charset is "gbk" or "gb2312" ? "gb18030" : charset ?? "utf-8";
        try
        {
            var text = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException fault)
        {
            throw Refused(
                $"第{fault.Index + 1}字节起不是有效的{name}文本；请用charset注明编码", $"From byte {fault.Index + 1} on this is no valid {name} text; name its encoding with charset.");
        }
    }

    private static ProblemException Refused(string zh, string en) => new(new Problem(ProblemTypes.UnreadableDocument, new(zh, en)));
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Disclosure.Agencies;
using Disclosure.Contents;
using DisclosureApi.Http;

namespace DisclosureApi.Agencies.Import;

/// <summary>One row of a file of entries: the entry, or everything that is wrong with it.</summary>
/// <param name="Line">Line of the file, counted from 1; of a row with line breaks, the last.</param>
internal sealed record RegisterRow(int Line, string Code, Agency? Agency, IReadOnlyList<Fault> Faults);

/// <summary>Reads entries of the register from comma-separated values (RFC 4180) with a header row.</summary>
internal static class RegisterFile
{
    public const int MaxRows = 10_000;
    private const int MaxField = 5_000;

    /// <summary>Names of the columns, those of the entry as JSON. Successors are parted by spaces.</summary>
    public static readonly string[] Columns = ["code", "name", "region", "level", "kind", "supervisor", "line", "validFrom", "validTo", "successors"];

    private static readonly string[] _needed = ["code", "name", "region", "level", "kind", "validFrom"];

    static RegisterFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>All rows, in order. A file that cannot be read to its end is refused as a whole, so that it registers nothing by halves.</summary>
    public static async Task<IReadOnlyList<RegisterRow>> ReadAsync(byte[] bytes, string? charset)
    {
        using var reader = new StringReader(Decoded(bytes, charset));
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = MaxField,
            MissingFieldFound = null,
        });
        try
        {
            return await ReadAsync(csv);
        }
        catch (CsvHelperException)
        {
            throw Refused($"第{csv.Parser.RawRow}行有误：引号不成对，或字段超过{MaxField}个字符", $"Line {csv.Parser.RawRow} cannot be read: a quote without its other half, or a field of more than {MaxField} characters.");
        }
    }

    private static async Task<IReadOnlyList<RegisterRow>> ReadAsync(CsvReader csv)
    {
        if (!await csv.ReadAsync() || !csv.ReadHeader())
        {
            throw Refused("文件为空；第一行应为列名", "The file is empty; its first line names the columns.");
        }
        var header = csv.HeaderRecord!;
        if (header.Except(Columns, StringComparer.Ordinal).Any() || _needed.Except(header, StringComparer.Ordinal).Any() || header.Distinct(StringComparer.Ordinal).Count() < header.Length)
        {
            throw Refused(
                $"第一行应为列名：{string.Join(",", Columns)}；其中{string.Join(",", _needed)}不可缺",
                $"The first line names the columns: {string.Join(",", Columns)}. {string.Join(",", _needed)} cannot be left out; no other name is known and none stands twice.");
        }
        var rows = new List<RegisterRow>();
        while (await csv.ReadAsync())
        {
            if (rows.Count == MaxRows)
            {
                throw Refused($"超过{MaxRows}行；请分成几个文件", $"The file has more than {MaxRows} rows; part it in several files.");
            }
            rows.Add(Row(csv, header));
        }
        return rows;
    }

    private static RegisterRow Row(CsvReader csv, string[] header)
    {
        var line = csv.Parser.RawRow;
        var entry = new JsonObject();
        foreach (var (i, column) in header.Index())
        {
            if (csv.TryGetField<string>(i, out var value) && value is { Length: > 0 })
            {
                entry[column] = column == "successors" ? new JsonArray([.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => (JsonNode)code)]) : value;
            }
        }
        var code = entry["code"]?.GetValue<string>() ?? "";
        if (csv.Parser.Count > header.Length)
        {
            return new RegisterRow(line, code, null, [new Fault("", new($"有{csv.Parser.Count}个字段，列名只有{header.Length}个", $"has {csv.Parser.Count} fields for {header.Length} columns"))]);
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

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DisclosureApi.Benchmarks.Measuring;

/// <summary>The results for people and for programs.</summary>
internal static class ResultTable
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text(IReadOnlyList<Comparison> results)
    {
        string[][] rows =
        [
            ["", "what", "against", "unit", "ours", "baseline", "ratio", "wanted", "holds"],
            .. results.Select(result => new[]
            {
                result.Part, result.What, result.Against, result.Unit, Number(result.Ours), Number(result.Baseline), Ratio(result.Ratio),
                result.Wanted?.ToString() ?? "", result.Holds switch { true => "yes", false => "NO", null => "" },
            }),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column is >= 4 and <= 6 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd()));
    }

    public static string Json(IReadOnlyList<Comparison> results, Plan plan) => JsonSerializer.Serialize(
        new
        {
            machine = new { cores = Environment.ProcessorCount, system = System.Runtime.InteropServices.RuntimeInformation.OSDescription, runtime = Environment.Version.ToString() },
            secondsEach = plan.Each.TotalSeconds,
            rounds = plan.Rounds,
            results = results.Select(result => new
            {
                result.Part,
                result.What,
                result.Against,
                result.Unit,
                ours = Finite(result.Ours),
                baseline = Finite(result.Baseline),
                ratio = Finite(result.Ratio),
                wanted = result.Wanted?.ToString(),
                result.Holds,
            }),
        },
        Options);

    private static string Number(double? value) => value switch
    {
        null or double.NaN => "–",
        >= 100 => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    private static string Ratio(double ratio) => double.IsNaN(ratio) ? "–" : ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

using System.Globalization;

namespace Disclosure.Reports;

/// <summary>One report: the agency that owes it, by its unified social credit code, and the year it is about.</summary>
public readonly record struct ReportId(string Agency, int Year)
{
    /// <summary>The name of the report's stream of events. This is a storage format.</summary>
    public string Stream => $"report/{Agency}/{Year.ToString("D4", CultureInfo.InvariantCulture)}";

    /// <summary>Whether the events of a report stand in this stream.</summary>
    public static bool IsStream(string stream) => stream.StartsWith("report/", StringComparison.Ordinal);

    /// <summary>The report whose events stand in this stream.</summary>
    public static ReportId OfStream(string stream) => stream.Split('/') is ["report", var agency, var year]
        ? new ReportId(agency, int.Parse(year, NumberStyles.None, CultureInfo.InvariantCulture))
        : throw new FormatException($"{stream} is no stream of a report.");

    public override string ToString() => $"{Agency}/{Year}";
}

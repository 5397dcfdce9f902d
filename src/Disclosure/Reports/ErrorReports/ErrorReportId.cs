using System.Globalization;

namespace Disclosure.Reports.ErrorReports;

/// <summary>What one reader found wrong in a published report: the report, and a number counted from 1 within it.</summary>
public readonly record struct ErrorReportId(ReportId Report, int Number)
{
    /// <summary>What the streams of events of error reports begin with, before the first slash. This is a storage format.</summary>
    public const string Streams = "error_report";

    /// <summary>The name of the stream of events. This is a storage format.</summary>
    public string Stream => string.Create(CultureInfo.InvariantCulture, $"{Streams}/{Report.Agency}/{Report.Year:D4}/{Number}");

    /// <summary>The error report whose events stand in this stream.</summary>
    public static ErrorReportId OfStream(string stream) => stream.Split('/') is [Streams, var agency, var year, var number]
        ? new ErrorReportId(new ReportId(agency, Parsed(year)), Parsed(number))
        : throw new FormatException($"{stream} is no stream of an error report.");

    private static int Parsed(string number) => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
}

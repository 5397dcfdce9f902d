using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Rules.Examples;

/// <summary>
/// The clean report: a made-up agency's, with figures that are not zero, on which no rule has anything to say. Every
/// example is a change of it.
/// </summary>
public static class ExampleReport
{
    /// <summary>The year that examples are about where they do not say otherwise.</summary>
    public const int Year = 2023;

    public const string Agency = "11990102000001038J";
    public const string OtherAgency = "11990102000002049X";
    public const string ThirdAgency = "1199010200000305X4";
    public const string AgencyName = "云州市桂山区工业和信息化局";
    internal const string CopyAddress = "https://www.guishan.example.gov.cn/copy";

    private const string Office = "11990000000001011Q";

    /// <summary>The clean report of this year, its tables after this form, and everything known around it.</summary>
    public static RuleInput For(int year, ReportFormat form)
    {
        var content = ExampleProse.Write(ExampleFigures.Fill(year, form), year);
        return new RuleInput(year, new Filing(AgencyName, year, content, Filing.NoReadings, []), Around(year, content));
    }

    private static Surroundings Around(int year, ReportContent content) => new()
    {
        Agency = Registered,
        Named = Registered,
        FiledOn = new DateOnly(year + 1, 1, 15),
        Previous = KnownFormats.ForYear(year - 1) is { } form
            ? new KnownReport(Agency, AgencyName, year - 1, 1, ExampleProse.Write(ExampleFigures.Fill(year - 1, form), year - 1))
            : null,
        Predecessors = [],
        Similar = [],
        Publication = new Publication(new DateOnly(year + 1, 1, 20))
        {
            SubmittedOn = new DateOnly(year + 1, 1, 16),
            LocalDue = new DateOnly(year + 1, 1, 28),
            SecrecyReviewed = true,
            ReviewedByAuthor = false,
            ContentHash = "as published",
            Copies = new Dictionary<string, string>(StringComparer.Ordinal) { [CopyAddress] = "as published" },
        },
        Correction = new Correction(content, "更正"),
    };

    private static Agency Registered { get; } = new(
        Agency, AgencyName, "990102", AgencyLevel.County, AgencyKind.Department, Office, null, new DateOnly(2019, 1, 1), null, []);
}

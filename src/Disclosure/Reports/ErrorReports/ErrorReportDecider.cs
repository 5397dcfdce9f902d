using Disclosure.Canonical;
using Disclosure.Contents;
using Disclosure.Formats;
using static Disclosure.Reports.ErrorReports.ErrorReportCommand;

namespace Disclosure.Reports.ErrorReports;

/// <summary>What people ask of an error report.</summary>
public abstract record ErrorReportCommand
{
    private ErrorReportCommand()
    {
    }

    /// <summary>A reader's word on one place of what is public.</summary>
    /// <param name="Revision">The revision that was read.</param>
    /// <param name="Public">What is public now.</param>
    public sealed record Tell(int Revision, string Pointer, decimal? Read, decimal? Expected, string Message, PublicContent Public) : ErrorReportCommand;

    /// <param name="Correction">The later revision that mended it; null for an answer that needs none.</param>
    /// <param name="Latest">The newest revision there is.</param>
    public sealed record Answer(string Reason, int? Correction, int Latest) : ErrorReportCommand;

    public sealed record Dismiss(string Reason) : ErrorReportCommand;

    /// <summary>Gives each text its salt; a parameter, so that decisions can be repeated in tests.</summary>
    public Func<string> NewSalt { get; init; } = CommittedText.NewSalt;

    /// <summary>The command's name in answers that say what a state allows.</summary>
    public string Name => this switch
    {
        Tell => "reportError",
        Answer => "answer",
        Dismiss => "dismiss",
        _ => throw new InvalidOperationException($"unknown command {GetType().Name}"),
    };
}

/// <summary>The revision that anyone may read now.</summary>
public sealed record PublicContent(int Year, int Revision, ReportContent Content);

/// <summary>The answer to a command: what happened, or why not.</summary>
public abstract record ErrorReportDecision
{
    private ErrorReportDecision()
    {
    }

    public sealed record Accepted(ErrorReportEvent Happened) : ErrorReportDecision;

    /// <summary>Somebody has settled it already.</summary>
    public sealed record WrongState(string State, string Command) : ErrorReportDecision;

    /// <summary>Another revision has taken the place of the one that was read.</summary>
    public sealed record StaleRevision(int Current) : ErrorReportDecision;

    public sealed record Faulty(IReadOnlyList<Fault> Faults) : ErrorReportDecision;
}

/// <summary>The whole life of an error report: which command is carried out in which state, and what happens then.</summary>
public static class ErrorReportDecider
{
    public static ErrorReportDecision Decide(ErrorReport report, ErrorReportCommand command) => (command, report) switch
    {
        (Tell tell, ErrorReport.NotReported) when tell.Revision < tell.Public.Revision => new ErrorReportDecision.StaleRevision(tell.Public.Revision),
        (Tell tell, ErrorReport.NotReported) => Faults(tell) is { Count: > 0 } faults ? new ErrorReportDecision.Faulty(faults) : Reported(tell),
        (Answer { Correction: { } number } answer, ErrorReport.Open(var what)) when number <= what.Revision || number > answer.Latest => new ErrorReportDecision.Faulty(
        [
            new Fault("/revision", new Message($"应为第{what.Revision}版之后已公布的修订版", $"must be a revision that was published after revision {what.Revision}, which the reader read")),
        ]),
        (Answer answer, ErrorReport.Open) => Happened(new ErrorReportEvent.ErrorReportAnswered(new CommittedText(answer.Reason, answer.NewSalt()), answer.Correction)),
        (Dismiss dismiss, ErrorReport.Open) => Happened(new ErrorReportEvent.ErrorReportDismissed(new CommittedText(dismiss.Reason, dismiss.NewSalt()))),
        _ => new ErrorReportDecision.WrongState(report.State, command.Name),
    };

    private static ErrorReportDecision.Accepted Reported(Tell tell) => Happened(new ErrorReportEvent.ErrorReported(
        tell.Revision, tell.Pointer, CellAddress.Parse(tell.Pointer) is { } address ? tell.Public.Content.Cell(address) : null,
        tell.Read, tell.Expected, new CommittedText(tell.Message, tell.NewSalt())));

    private static List<Fault> Faults(Tell tell)
    {
        var faults = new List<Fault>();
        if (tell.Revision > tell.Public.Revision)
        {
            faults.Add(new Fault("/revision", new Message($"没有这一修订版，当前为第{tell.Public.Revision}版", $"is no revision of this report; the current one is {tell.Public.Revision}")));
        }
        if (!IsThere(tell))
        {
            faults.Add(new Fault("/pointer", new Message(
                "应为该年报中的单元格（/tables/表/行/列）或已填写的部分（/sections/部分）的JSON指针，见/v1/formats",
                "must be the JSON pointer of a cell of this report's form (/tables/{table}/{row}/{column}; /v1/formats has them all) or of a section that it gives (/sections/{section})")));
        }
        else if (CellAddress.Parse(tell.Pointer) is { } address && tell.Expected is { } expected)
        {
            faults.AddRange(Faults(KnownFormats.FindCell(address)!, expected, tell.Public.Content.Cell(address)));
        }
        if (ReaderText.Fault(tell.Message, tell.Public.Year) is { } fault)
        {
            faults.Add(new Fault("/message", fault));
        }
        return faults;
    }

    /// <summary>A cell of the form that the table follows, or one that the report gives beside it; or a section with words in it.</summary>
    private static bool IsThere(Tell tell)
    {
        var content = tell.Public.Content;
        if (CellAddress.Parse(tell.Pointer) is { } address)
        {
            return KnownFormats.FindCell(address) is not null
                && (content.Cell(address) is not null || content.FormOf(address.Table) is not { } form || form.Table(address.Table).Find(address) is not null);
        }
        return tell.Pointer.Split('/') is ["", "sections", var key] && content.Section(key) is { Length: > 0 };
    }

    private static IEnumerable<Fault> Faults(Cell cell, decimal expected, decimal? published)
    {
        if (!CellNumber.Fits(cell.Column, expected))
        {
            yield return new Fault("/expected", new Message("不是该单元格允许的数", "is no number that the form allows in this cell"));
        }
        else if (published == expected)
        {
            yield return new Fault("/expected", new Message("与已公布的数相同", "is what the report says already"));
        }
    }

    private static ErrorReportDecision.Accepted Happened(ErrorReportEvent happened) => new(happened);
}

using Disclosure.Contents;

namespace Disclosure.Documents;

/// <summary>What came of reading a document: a report, or the reason why it is none.</summary>
public abstract record ReadResult
{
    private ReadResult()
    {
    }

    /// <summary>The document is a report. What could not be read for sure is told in the readings and notes of the filing.</summary>
    public sealed record Report(Filing Filing) : ReadResult;

    /// <summary>The document is no annual report on open government information.</summary>
    /// <param name="Why">What was looked for and not found.</param>
    public sealed record NotAReport(Message Why) : ReadResult;
}

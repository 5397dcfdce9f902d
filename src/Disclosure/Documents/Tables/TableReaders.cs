using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>Which reader reads which table.</summary>
internal static class TableReaders
{
    private static readonly Dictionary<string, Func<IReadOnlyList<SourceRow>, ReportFormat, TableReading>> _byTable = new(StringComparer.Ordinal)
    {
        ["proactive"] = ProactiveReader.Read,
        ["applications"] = ApplicationsReader.Read,
        ["disputes"] = DisputesReader.Read,
    };

    /// <param name="fallback">The form to take where the table itself does not tell.</param>
    public static TableReading Read(string table, IReadOnlyList<SourceRow> rows, ReportFormat fallback) => _byTable[table](rows, fallback);
}

using Disclosure.Statistics;
using DisclosureApi.Store;
using DisclosureApi.Store.Replicas;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics;

/// <summary>A body as the register stands, with its own reports and those of the bodies it succeeded.</summary>
internal sealed record ComparedBody(string Agency, string Name, string Region, string Level, string Kind, IReadOnlyList<ComparedReport> Reports);

/// <summary>A report that is told under a body.</summary>
/// <param name="IsShared">The predecessor had other successors too, so that its figures are not this body's alone and are not added.</param>
internal sealed record ComparedReport(string Agency, string Name, int Year, bool IsShared, FigureVector Cells);

/// <summary>Reads bodies through time: the reports of predecessors stand under their successor, however many mergers lie between.</summary>
internal static class BodyHistoryReader
{
    private static readonly string _body = $"select b.agency, b.name, b.region, b.level, b.kind from bodies b where b.agency = $2 and b.until is null and {FigureReader.Held("b")}";

    private static readonly string _reports =
        $"""
        with recursive lineage (agency, is_sole) as (
            select $2::varchar, true
            union
            select b.agency, l.is_sole and cardinality(b.successors) = 1
            from lineage l join bodies b on b.successors @> array[l.agency::text] and b.until is null and {FigureReader.Held("b")}),
        told (agency, is_sole) as (select agency, bool_or(is_sole) from lineage group by agency)
        select f.agency, b.name, f.year, not t.is_sole, f.cells
        from told t join figures f on f.agency = t.agency and {FigureReader.Held("f")} and f.year between $3 and $4
        join bodies b on b.agency = f.agency and {FigureReader.Held("b")} and {FigureReader.InPeriod}
        order by f.year, f.agency <> $2, f.agency
        """;

    /// <summary>Null when the register has no such body at the position.</summary>
    public static async Task<ComparedBody?> ReadAsync(ReadDatabase database, long position, string agency, int from, int to, CancellationToken cancellation)
    {
        await using var batch = (await database.SourceAsync(cancellation, position)).CreateBatch();
        batch.BatchCommands.Add(EventStore.Command(_body, position, agency));
        batch.BatchCommands.Add(EventStore.Command(_reports, position, agency, from, to));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }
        var body = new ComparedBody(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), []);
        await reader.NextResultAsync(cancellation);
        var reports = new List<ComparedReport>();
        while (await reader.ReadAsync(cancellation))
        {
            reports.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3), FigureVector.Unpack(reader.GetFieldValue<byte[]>(4))));
        }
        return body with { Reports = reports };
    }
}

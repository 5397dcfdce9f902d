using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;
using DisclosureApi.Store.Figures;
using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Store.Judging;

/// <summary>What a compilation can be made of, as it stood at one position.</summary>
/// <param name="Compiler">As it stood in the register at the end of the report year; null where it was not there.</param>
/// <param name="LeadsLine">Whether bodies of a vertical system name it as their head.</param>
/// <param name="UpTo">The last position that this knows of.</param>
public sealed record CompilationSources(Agency? Compiler, bool LeadsLine, long UpTo, IReadOnlyList<Candidate> Candidates)
{
    public CompilationPlan PlanOf(CompilationScope scope, int year, IReadOnlyList<MemberDecision> decisions) =>
        CompilationPlan.Of(Compiler!, scope, year, UpTo, Candidates, decisions);
}

/// <summary>Gathers the bodies that a compilation may count, and what they have made public: all in one statement, so that all of it stood at one moment.</summary>
public sealed class CompilationSource(ReadDatabase database, KnownReports known)
{
    /// <summary>The period of the register in which the report year ends.</summary>
    private const string AtYearsEnd = "b.to_position is null and b.since <= $2 and (b.until is null or b.until >= $2)";

    private const string Head =
        $"""
        select disclosure_end(), exists (select from bodies b where b.line = $1 and b.to_position is null),
            {BodyHistory.Entry}
        from (values (1)) as one left join bodies b on b.agency = $1 and {AtYearsEnd}
        """;

    private const string Members =
        $"""
        select {BodyHistory.Entry},
            r.withdrawal_reason is not null, d.owes, c.scope,
            array(select a.name from compilations o join agencies a on a.code = o.agency
                where o.year = $3 and o.agency <> $1 and (o.scope = 'line') = $6 and o.members @> array[b.agency::text] order by o.agency),
            p.agency, p.year, p.revision, p.etag, p.body
        from bodies b
        left join reports r on r.agency = b.agency and r.year = $3
        left join publications p on p.agency = r.agency and p.year = r.year and p.revision = r.revision and r.withdrawal_reason is null
        left join duties d on d.agency = b.agency and d.year = $3
        left join compilations c on c.agency = b.agency and c.year = $3
        where {AtYearsEnd} and b.valid_from <= $2 and (b.valid_to is null or b.valid_to >= make_date($3, 1, 1))
        """;

    /// <summary>Who is below a seat: its own level, and of the levels below only what it may count.</summary>
    private const string BelowSeat =
        """
        and b.region >= $4 and b.region < $4 || ':' and (
            (b.level = $5 and b.kind <> 'government')
            or ($5 = 'county' and b.level = 'township')
            or ($5 = 'prefecture' and b.level = 'county' and b.kind = 'government')
            or ($5 = 'province' and b.level in ('prefecture', 'county') and b.kind = 'government'))
        """;

    private const string InLine = "and b.line = $1 and ($4 = $4) and ($5 = $5)";

    /// <param name="asked">The scope; what the body compiles by itself when null.</param>
    public async Task<(CompilationSources Sources, CompilationScope? Scope)> ReadAsync(string code, int year, CompilationScope? asked, CancellationToken cancellation)
    {
        await using var connection = await (await database.WholeAsync(cancellation)).OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var head = await HeadAsync(connection, code, year, cancellation);
        var scopes = head.Compiler is { } compiler ? CompilationTree.ScopesOf(compiler, head.LeadsLine) : [];
        var scope = asked is { } one ? (scopes.Contains(one) ? one : null) : scopes is [var first, ..] ? first : (CompilationScope?)null;
        if (scope is not { } chosen)
        {
            return (head, null);
        }
        var seat = chosen == CompilationScope.Line ? null : CompilationTree.SeatOf(head.Compiler!);
        await using var command = new NpgsqlCommand($"{Members} {(seat is null ? InLine : BelowSeat)} order by b.agency", connection, snapshot);
        foreach (var value in (object[])[code, new DateOnly(year, 12, 31), year, seat is null ? "" : RegionTree.Prefix(seat.Division), seat is null ? "" : Name(seat.Level), seat is null])
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var candidates = new List<Candidate>();
        while (await reader.ReadAsync(cancellation))
        {
            candidates.Add(Read(reader));
        }
        return (head with { Candidates = candidates }, chosen);
    }

    /// <summary>What rules may know of a draft that was compiled: its members with what they have made public by now.</summary>
    public async Task<Compilation> AroundAsync(ReportId id, CompiledFrom from, CancellationToken cancellation)
    {
        var (sources, _) = await ReadAsync(id.Agency, id.Year, from.Plan.Scope, cancellation);
        var now = sources.Candidates.ToDictionary(candidate => candidate.Body.Code, StringComparer.Ordinal);
        var members = from.Plan.Counted.Concat(from.Plan.Missing).OrderBy(member => member.Agency, StringComparer.Ordinal);
        return new Compilation([.. members.Select(member => MemberOf(member, now.GetValueOrDefault(member.Agency), id.Year))])
        {
            IsRecorded = true,
            Adjustments = from.Adjusted,
            MembersLastYear = await ListedAsync(id with { Year = id.Year - 1 }, cancellation),
        };
    }

    private static Member MemberOf(CompiledMember compiled, Candidate? now, int year)
    {
        var body = now?.Body ?? compiled.Body;
        var report = now?.Report is { } found ? new KnownReport(body.Code, body.Name, year, found.Revision, found.Content) : null;
        return new Member(body, report)
        {
            CompiledRevision = compiled.IsCounted ? compiled.Revision : null,
            // What could not be added up then may have been corrected since; the same revision still cannot.
            IsLeftOut = compiled.LeftOut is LeftOut.OtherForm or LeftOut.NotAssessable && compiled.Revision == report?.Revision,
            OtherParents = compiled.IsCounted && now is not null ? now.CountedBy : [],
        };
    }

    /// <summary>What the counted members had made public, by their codes: the very revisions that were added up.</summary>
    public async Task<IReadOnlyDictionary<string, ReportContent>> CountedAsync(CompilationPlan plan, int year, CancellationToken cancellation)
    {
        await using var command = (await database.WholeAsync(cancellation)).CreateCommand(
            """
            select p.agency, p.year, p.revision, p.etag, p.body
            from unnest($2::text[], $3::integer[]) as counted (agency, revision) join publications p on p.agency = counted.agency and p.year = $1 and p.revision = counted.revision
            """);
        command.Parameters.Add(new() { Value = year });
        command.Parameters.Add(new() { Value = plan.Counted.Select(member => member.Agency).ToArray() });
        command.Parameters.Add(new() { Value = plan.Counted.Select(member => member.Revision!.Value).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var contents = new Dictionary<string, ReportContent>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            contents.Add(reader.GetString(0), known.Read(reader, 0).Content);
        }
        return contents;
    }

    /// <summary>Whom the public compilation of a year lists as its own; null where there is none.</summary>
    private async Task<IReadOnlyList<string>?> ListedAsync(ReportId id, CancellationToken cancellation)
    {
        await using var command = (await database.WholeAsync(cancellation)).CreateCommand("select listed from compilations where agency = $1 and year = $2 and cardinality(listed) > 0");
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        return (string[]?)await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task<CompilationSources> HeadAsync(NpgsqlConnection connection, string code, int year, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Head, connection);
        command.Parameters.Add(new() { Value = code });
        command.Parameters.Add(new() { Value = new DateOnly(year, 12, 31) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new CompilationSources(await reader.IsDBNullAsync(2, cancellation) ? null : BodyHistory.Read(reader, 2), reader.GetBoolean(1), reader.GetInt64(0), []);
    }

    private Candidate Read(NpgsqlDataReader row)
    {
        var report = row.IsDBNull(13) ? null : known.Read(row, 13);
        return new Candidate(BodyHistory.Read(row, 0), report is null ? null : new PublicReport(report.Revision, report.Content))
        {
            IsWithdrawn = row.GetBoolean(9),
            Owes = row.IsDBNull(10) ? null : row.GetBoolean(10),
            Scope = row.IsDBNull(11) ? null : Enum.Parse<CompilationScope>(row.GetString(11), ignoreCase: true),
            CountedBy = row.GetFieldValue<string[]>(12),
        };
    }

    private static string Name(AgencyLevel level) => JsonNamingPolicy.CamelCase.ConvertName(level.ToString());
}

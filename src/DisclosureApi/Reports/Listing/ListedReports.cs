using DisclosureApi.Http;
using DisclosureApi.Store.Figures;
using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Reports.Listing;

/// <summary>What a reader of the list wants; null where he wants all.</summary>
/// <param name="Region">What the codes of the region begin with.</param>
/// <param name="AsOf">The position after which the list is wanted as it stood; null for the list as it stands.</param>
internal sealed record ListedQuestion(int? Year, string? Region, string? Level, string? Kind, string? Agency, bool? IsWithdrawn, bool? IsLate, string? Finding, long? AsOf)
{
    public bool IsOfSomeBodies => (Region ?? Level ?? Kind ?? Agency) is not null;
}

/// <summary>
/// The list of reports, with agencies as the register knows them, or knew them at a position. Where few bodies are asked for, their
/// reports are taken and put in order; where many are, the order is walked until a page is full: that of all reports, or of those with a
/// finding. Either way little more is read than is told, at any depth: left alone, the database would take one way for all, and cross all
/// years for a rare kind of body.
/// </summary>
/// <remarks>
/// The position of the first publication never changes and is never null, and positions appear in their order: a reader
/// who follows next meets each report once, whatever is published meanwhile.
/// </remarks>
internal sealed class ListedReports(ReadDatabase database, ListedQuestion asked, Page page, long position)
{
    private const string StandingNow = "select x.revision, x.withdrawn_at is not null as is_withdrawn from reports x where x.agency = p.agency and x.year = p.year";

    private readonly List<object> _values = [];

    /// <summary>The rows of a page and one more where there are more, in the page's direction.</summary>
    public async Task<NpgsqlCommand> CommandAsync(CancellationToken cancellation)
    {
        var source = await database.SourceAsync(cancellation, asked.AsOf ?? 0);
        var ofBodies = asked.IsOfSomeBodies && await AreFewAsync(source, cancellation);
        _values.Clear();
        var chosen = asked.IsWithdrawn == true ? OfWithdrawn() : ofBodies ? OfBodies() : InOrder();
        var descending = page.IsBackwards ? " desc" : "";
        var command = source.CreateCommand(
            $"""
            with page as materialized (
                select p.position, p.agency, p.year, a.name, a.region, a.level, a.kind {chosen}{Judged()} order by p.position{descending} limit {Value(page.Limit + 1)})
            select p.position, p.agency, p.year, r.revision, r.is_withdrawn, p.name, p.region, p.level, p.kind, d.at, d.published_on, {_late}
            from page p {Joined()} order by p.position{descending}
            """);
        Give(command);
        return command;
    }

    /// <summary>Whether looking up all their reports costs less than walking until a page of them is met.</summary>
    private async Task<bool> AreFewAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            $"select reltuples, (select count(*) from (select from {Register()} a where {Bodies("a")} limit 10000) as counted) from pg_class where oid = 'agencies'::regclass");
        Give(command);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetInt64(1) <= 2 * Math.Sqrt((page.Limit + 1) * (double)Math.Max(1, reader.GetFloat(0)));
    }

    /// <summary>By what the body was when the year ended, as everywhere where deadlines are told.</summary>
    private static readonly string _late = $"d.published_on > {LegalDeadline.Of("p.year", "t.kind")}";

    private string OfBodies() =>
        $"""
        from (select b.code, b.name, b.region, b.level, b.kind from {Register()} b where {Bodies("b")} offset 0) as a
        cross join lateral ({Places("n.agency = a.code")} offset 0) as p
        """;

    private string OfWithdrawn() =>
        $"""
        from (select g.agency, g.year from {(asked.AsOf is null ? "reports g where g.withdrawn_at is not null" : $"deliveries g where g.state = 'withdrawn' and {Held("g")}")} offset 0) as g
        cross join lateral ({Places("n.agency = g.agency and n.year = g.year")} offset 0) as p
        {BodyOf("p")}
        """;

    private string InOrder() => $"from ({Places("true")}) as p\n{BodyOf("p")}";

    /// <summary>Where reports stand in the list: all that were ever public, or those whose public revision has the finding.</summary>
    private string Places(string of)
    {
        var (place, table) = asked.Finding is { } code
            ? ("n.listed", $"finding_codes n where n.code = {Value(code)} and {(asked.AsOf is null ? "n.to_position is null" : Held("n"))}")
            : ("n.position", "publications n where n.revision = 1");
        return $"select {place} as position, n.agency, n.year from {table} and {of} and {place} {(page.IsBackwards ? '<' : '>')} {Value(position)}{(asked.AsOf is { } last ? $" and {place} <= {Value(last)}" : "")}{OfYear("n")}";
    }

    private string BodyOf(string report) => $"cross join lateral (select n.name, n.region, n.level, n.kind from {Register()} n where n.code = {report}.agency and {Bodies("n")} offset 0) as a";

    /// <summary>
    /// What no index of positions has is looked up for each report by itself, because the database takes the few for many and would read all of it.
    /// </summary>
    private string Joined() =>
        $"""
        cross join lateral ({(asked.AsOf is null ? StandingNow : StandingThen())} offset 0) as r
        cross join lateral (select x.at, x.published_on from deliveries x where x.agency = p.agency and x.year = p.year and x.from_position = p.position offset 0) as d
        cross join lateral (select x.kind from bodies x where x.agency = p.agency and {(asked.AsOf is null ? "x.to_position is null" : Held("x"))} and {BodyHistory.HoldsIn("x", "p.year")} offset 0) as t
        """;

    private string StandingThen() =>
        $"""
        select (select max(n.revision) from publications n where n.agency = x.agency and n.year = x.year and n.position <= {Value(asked.AsOf!)}) as revision,
               x.state = 'withdrawn' as is_withdrawn
        from deliveries x where x.agency = p.agency and x.year = p.year and {Held("x")}
        """;

    /// <summary>The register as it stands, or the entries that were its last ones at the position: those whose period had no end.</summary>
    private string Register() => asked.AsOf is null
        ? "agencies"
        : $"(select h.agency as code, h.name, h.region, h.level, h.kind from bodies h where h.until is null and {Held("h")})";

    private string Held(string table) => $"{table}.from_position <= {Value(asked.AsOf!)} and ({table}.to_position is null or {table}.to_position > {Value(asked.AsOf!)})";

    private string Bodies(string a) => string.Join(" and ", new[]
    {
        "true",
        asked.Region is { } prefix ? $"{a}.region collate \"C\" >= {Value(prefix)} and {a}.region collate \"C\" < {Value($"{prefix}:")}" : null,
        asked.Level is { } level ? $"{a}.level = {Value(level)}" : null,
        asked.Kind is { } kind ? $"{a}.kind = {Value(kind)}" : null,
        asked.Agency is { } agency ? $"{a}.code = {Value(agency)}" : null,
    }.OfType<string>());

    private string OfYear(string of) => asked.Year is { } year ? $" and {of}.year = {Value(year)}" : "";

    /// <summary>What is judged before a page is full.</summary>
    private string Judged()
    {
        string[] conditions =
        [
            .. asked.IsWithdrawn is { } withdrawn ? [$"r.is_withdrawn is {withdrawn}"] : Array.Empty<string>(),
            .. asked.IsLate is { } late ? [$"({_late}) is {late}"] : Array.Empty<string>(),
        ];
        return conditions.Length == 0 ? "" : $"\n{Joined()}\nwhere {string.Join(" and ", conditions)}";
    }

    private void Give(NpgsqlCommand command)
    {
        foreach (var value in _values)
        {
            command.Parameters.Add(new() { Value = value });
        }
    }

    private string Value(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }
}

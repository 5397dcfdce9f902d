using DisclosureApi.Http;
using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Reports.Listing;

/// <summary>What a reader of the list wants; null where he wants all.</summary>
/// <param name="Region">What the codes of the region begin with.</param>
internal sealed record ListedQuestion(int? Year, string? Region, string? Level, string? Kind, string? Agency, bool? IsWithdrawn, bool? IsLate, string? Finding)
{
    public bool IsOfSomeBodies => (Region ?? Level ?? Kind ?? Agency) is not null;
}

/// <summary>
/// The list as it stands, with agencies as the register knows them now. Where few bodies are asked for, their reports are
/// taken and put in order; where many are, the order is walked until a page is full. Either way little more is read than
/// is told, at any depth: left alone, the database would take one way for all, and cross all years for a rare kind of body.
/// </summary>
/// <remarks>
/// The position of the first publication never changes and is never null, and positions appear in their order: a reader
/// who follows next meets each report once, whatever is published meanwhile.
/// </remarks>
internal sealed class ListedNow(ReadDatabase database, ListedQuestion asked, Page page, long position)
{
    /// <summary>What no index of positions has is looked up for each report by itself, because the database takes the few for many and would read all of it.</summary>
    private const string Joined =
        """
        cross join lateral (select x.revision, x.withdrawn_at from reports x where x.agency = p.agency and x.year = p.year offset 0) as r
        cross join lateral (select x.at, x.published_on from deliveries x where x.agency = p.agency and x.year = p.year and x.from_position = p.position offset 0) as d
        """;

    private static readonly string _told =
        $"""
        select p.position, p.agency, p.year, r.revision, r.withdrawn_at is not null, p.name, p.region, p.level, p.kind, d.at, d.published_on, {Late("p")}
        from page p {Joined} order by p.position
        """;

    private readonly List<object> _values = [];

    /// <summary>The rows of a page and one more where there are more, in the page's direction.</summary>
    public async Task<NpgsqlCommand> CommandAsync(CancellationToken cancellation)
    {
        var source = await database.SourceAsync(cancellation);
        var ofBodies = asked.IsOfSomeBodies && await AreFewAsync(source, cancellation);
        _values.Clear();
        var chosen = asked.IsWithdrawn == true ? OfWithdrawn() : ofBodies ? OfBodies() : InOrder();
        var descending = page.IsBackwards ? " desc" : "";
        var command = source.CreateCommand(
            $"""
            with page as materialized (
                select p.position, p.agency, p.year, a.name, a.region, a.level, a.kind {chosen}{Judged()} order by p.position{descending} limit {Value(page.Limit + 1)})
            {_told}{descending}
            """);
        foreach (var value in _values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        return command;
    }

    /// <summary>Whether looking up all their reports costs less than walking until a page of them is met.</summary>
    private async Task<bool> AreFewAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select reltuples, (select count(*) from (select from agencies a where {Bodies("a")} limit 10000) as counted) from pg_class where oid = 'agencies'::regclass");
        foreach (var value in _values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetInt64(1) <= 2 * Math.Sqrt((page.Limit + 1) * (double)Math.Max(1, reader.GetFloat(0)));
    }

    /// <param name="body">Where the kind of the body stands.</param>
    private static string Late(string body) => $"d.published_on > {LegalDeadline.Of("p.year", $"{body}.kind")}";

    private string OfBodies() =>
        $"""
        from (select b.code, b.name, b.region, b.level, b.kind from agencies b where {Bodies("b")} offset 0) as a
        cross join lateral (select n.position, n.agency, n.year from publications n where n.agency = a.code and n.revision = 1 and {Behind("n")}{OfYear("n")} offset 0) as p
        """;

    private string OfWithdrawn() =>
        $"""
        from (select agency, year from reports where withdrawn_at is not null offset 0) as g
        cross join lateral (select n.position, n.agency, n.year from publications n where n.agency = g.agency and n.year = g.year and n.revision = 1 and {Behind("n")}{OfYear("n")} offset 0) as p
        cross join lateral (select n.name, n.region, n.level, n.kind from agencies n where n.code = p.agency and {Bodies("n")} offset 0) as a
        """;

    private string InOrder() =>
        $"""
        from (select n.position, n.agency, n.year from publications n where n.revision = 1 and {Behind("n")}{OfYear("n")}) as p
        cross join lateral (select n.name, n.region, n.level, n.kind from agencies n where n.code = p.agency and {Bodies("n")} offset 0) as a
        """;

    private string Bodies(string a) => string.Join(" and ", new[]
    {
        "true",
        asked.Region is { } prefix ? $"{a}.region collate \"C\" >= {Value(prefix)} and {a}.region collate \"C\" < {Value($"{prefix}:")}" : null,
        asked.Level is { } level ? $"{a}.level = {Value(level)}" : null,
        asked.Kind is { } kind ? $"{a}.kind = {Value(kind)}" : null,
        asked.Agency is { } agency ? $"{a}.code = {Value(agency)}" : null,
    }.OfType<string>());

    private string Behind(string of) => page.IsBackwards ? $"{of}.position < {Value(position)}" : $"{of}.position > {Value(position)}";

    private string OfYear(string of) => asked.Year is { } year ? $" and {of}.year = {Value(year)}" : "";

    /// <summary>What is judged before a page is full. It stands in the question only when it is asked for, because the index of findings does not serve a condition that may be left out.</summary>
    private string Judged()
    {
        string[] conditions =
        [
            .. asked.IsWithdrawn is { } withdrawn ? [$"r.withdrawn_at is {(withdrawn ? "not " : "")}null"] : Array.Empty<string>(),
            .. asked.IsLate is { } late ? [$"({Late("a")}) is {late}"] : Array.Empty<string>(),
            .. asked.Finding is { } code
                ? [$"r.withdrawn_at is null and (p.agency, p.year, r.revision) in (select f.agency, f.year, f.revision from publications f where disclosure_codes(f.findings) @> array[{Value(code)}::text])"]
                : Array.Empty<string>(),
        ];
        return conditions.Length == 0 ? "" : $"\n{Joined}\nwhere {string.Join(" and ", conditions)}";
    }

    private string Value(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }
}

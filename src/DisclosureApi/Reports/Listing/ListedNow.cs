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
    /// <summary>Columns that no index of positions has are read of the reports alone that are told, or judged.</summary>
    private const string Told =
        """
        select p.position, p.agency, p.year, r.revision, r.withdrawn_at is not null, a.name, a.region, a.level, a.kind, d.at, d.published_on,
               d.published_on > make_date(p.year + 1, case a.kind when 'government' then 3 else 1 end, 31)
        """;

    private const string Joined =
        """
        join reports r on r.agency = p.agency and r.year = p.year
        join deliveries d on d.agency = p.agency and d.year = p.year and d.from_position = p.position
        """;

    private readonly List<object> _values = [];

    /// <summary>The rows of a page and one more where there are more, in the page's direction.</summary>
    public async Task<NpgsqlCommand> CommandAsync(CancellationToken cancellation)
    {
        var source = await database.SourceAsync(cancellation);
        var ofBodies = asked.IsOfSomeBodies && await AreFewAsync(source, cancellation);
        _values.Clear();
        var command = source.CreateCommand(asked.IsWithdrawn == true ? OfWithdrawn() : ofBodies ? OfBodies() : InOrder());
        foreach (var value in _values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        return command;
    }

    /// <summary>Whether looking up all their reports costs less than walking until a page of them is met.</summary>
    private async Task<bool> AreFewAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select reltuples, (select count(*) from (select from agencies a where {Bodies()} limit 10000) as counted) from pg_class where oid = 'agencies'::regclass");
        foreach (var value in _values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetInt64(1) <= 2 * Math.Sqrt((page.Limit + 1) * (double)Math.Max(1, reader.GetFloat(0)));
    }

    private string OfBodies() =>
        $"""
        with bodies as materialized (select a.code, a.name, a.region, a.level, a.kind from agencies a where {Bodies()})
        {Told} from bodies a
        cross join lateral (select n.position, n.agency, n.year from publications n where n.agency = a.code and n.revision = 1 and {Behind("n")}{OfYear("n")} offset 0) as p
        {Joined} {Judged()} {Page()}
        """;

    private string OfWithdrawn() =>
        $"""
        with gone as materialized (select agency, year from reports where withdrawn_at is not null)
        {Told} from gone g join publications p on p.agency = g.agency and p.year = g.year and p.revision = 1 and {Behind("p")}{OfYear("p")}
        join agencies a on a.code = p.agency and {Bodies()} {Joined} {Judged()} {Page()}
        """;

    private string InOrder() =>
        $"""
        {Told} from publications p
        cross join lateral (select n.name, n.region, n.level, n.kind from agencies n where n.code = p.agency and {Bodies("n")} offset 0) as a
        {Joined} where p.revision = 1 and {Behind("p")}{OfYear("p")} and {Judged("")} {Page()}
        """;

    private string Bodies(string a = "a") => string.Join(" and ", new[]
    {
        "true",
        asked.Region is { } prefix ? $"{a}.region collate \"C\" >= {Value(prefix)} and {a}.region collate \"C\" < {Value($"{prefix}:")}" : null,
        asked.Level is { } level ? $"{a}.level = {Value(level)}" : null,
        asked.Kind is { } kind ? $"{a}.kind = {Value(kind)}" : null,
        asked.Agency is { } agency ? $"{a}.code = {Value(agency)}" : null,
    }.OfType<string>());

    private string Behind(string of) => page.IsBackwards ? $"{of}.position < {Value(position)}" : $"{of}.position > {Value(position)}";

    private string OfYear(string of) => asked.Year is { } year ? $" and {of}.year = {Value(year)}" : "";

    /// <summary>It stands in the question only when it is asked for, because the index of findings does not serve a condition that may be left out.</summary>
    private string Judged(string where = "where ") => where + string.Join(" and ", new[]
    {
        "true",
        asked.IsWithdrawn is { } withdrawn ? $"r.withdrawn_at is {(withdrawn ? "not " : "")}null" : null,
        asked.IsLate is { } late ? $"(d.published_on > make_date(p.year + 1, case a.kind when 'government' then 3 else 1 end, 31)) is {late}" : null,
        asked.Finding is { } code
            ? $"r.withdrawn_at is null and (p.agency, p.year, r.revision) in (select f.agency, f.year, f.revision from publications f where disclosure_codes(f.findings) @> array[{Value(code)}::text])"
            : null,
    }.OfType<string>());

    private string Page() => $"order by p.position{(page.IsBackwards ? " desc" : "")} limit {Value(page.Limit + 1)}";

    private string Value(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>
/// The people behind the ids in events. Events keep a pseudonym for decades; who it stands for is kept here alone, so
/// that the law on personal information can be obeyed without touching history.
/// </summary>
public sealed class Actors(NpgsqlDataSource database)
{
    /// <summary>Who has done nothing yet, as a decision sees them: neither author nor reviewer of anything.</summary>
    public const string Newcomer = "p_newcomer";

    /// <summary>Whoever reports an error in what is public: nobody is noted down for that.</summary>
    public const string Reader = "p_reader";

    private const int MaxCached = 10_000;
    private readonly ConcurrentDictionary<(string Issuer, string Subject), string> _ids = new();

    /// <summary>The id of this person, given at the first thing they do.</summary>
    public async Task<string> IdOfAsync(string issuer, string subject, CancellationToken cancellation)
    {
        if (_ids.TryGetValue((issuer, subject), out var known))
        {
            return known;
        }
        await using var command = database.CreateCommand(
            """
            with added as (
                insert into actors (id, issuer, subject) values ($1, $2, $3) on conflict (issuer, subject) do nothing returning id)
            select id from added union all select id from actors where issuer = $2 and subject = $3
            """);
        command.Parameters.Add(new() { Value = $"p_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}" });
        command.Parameters.Add(new() { Value = issuer });
        command.Parameters.Add(new() { Value = subject });
        // A row that another request inserts at this very moment is in neither half of the statement; it is there on the next look.
        var id = (string?)await command.ExecuteScalarAsync(cancellation) ?? (string)(await command.ExecuteScalarAsync(cancellation))!;
        return Remember(issuer, subject, id);
    }

    /// <summary>The id of this person, or <see cref="Newcomer"/>: nobody is noted down for what is refused.</summary>
    public async Task<string> KnownIdOfAsync(string issuer, string subject, CancellationToken cancellation)
    {
        if (_ids.TryGetValue((issuer, subject), out var known))
        {
            return known;
        }
        await using var command = database.CreateCommand("select id from actors where issuer = $1 and subject = $2");
        command.Parameters.Add(new() { Value = issuer });
        command.Parameters.Add(new() { Value = subject });
        return await command.ExecuteScalarAsync(cancellation) is string id ? Remember(issuer, subject, id) : Newcomer;
    }

    /// <summary>The ids of whoever goes by this subject, with whichever issuer.</summary>
    public async Task<IReadOnlyList<string>> IdsOfAsync(string subject, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select id from actors where subject = $1 order by id");
        command.Parameters.Add(new() { Value = subject });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            ids.Add(reader.GetString(0));
        }
        return ids;
    }

    /// <summary>The subjects behind these ids, in their order; an id whose person was redacted stays an id.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(IEnumerable<string> ids, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select coalesce(a.subject, i.id) from unnest($1) with ordinality as i (id, place) left join actors a on a.id = i.id order by i.place");
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            names.Add(reader.GetString(0));
        }
        return names;
    }

    private string Remember(string issuer, string subject, string id)
    {
        if (_ids.Count >= MaxCached)
        {
            _ids.Clear();
        }
        return _ids[(issuer, subject)] = id;
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using DisclosureApi.Store.Following;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>
/// The people behind the ids in events. Events keep a pseudonym for decades; who it stands for is kept here alone, so
/// that the law on personal information can be obeyed without touching history.
/// </summary>
public sealed class Actors
{
    /// <summary>Who has done nothing yet, as a decision sees them: neither author nor reviewer of anything.</summary>
    public const string Newcomer = "p_newcomer";

    /// <summary>Whoever reports an error in what is public: nobody is noted down for that.</summary>
    public const string Reader = "p_reader";

    private const int MaxCached = 10_000;
    private readonly NpgsqlDataSource _database;
    private readonly ConcurrentDictionary<(string Issuer, string Subject), string> _ids = new();
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private int _removals;

    public Actors(NpgsqlDataSource database, Follower follower)
    {
        _database = database;
        follower.Removed += Forget;
        follower.Lost += Forget;
    }

    /// <summary>Somebody was removed: nobody is known by heart any more, nor learnt from what was asked before.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _removals);
        _ids.Clear();
        _names.Clear();
    }

    /// <summary>The id of this person, given at the first thing they do.</summary>
    public async Task<string> IdOfAsync(string issuer, string subject, CancellationToken cancellation)
    {
        if (_ids.TryGetValue((issuer, subject), out var known))
        {
            return known;
        }
        var removals = Volatile.Read(ref _removals);
        await using var command = _database.CreateCommand(
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
        return Remember(issuer, subject, id, removals);
    }

    /// <summary>The id of this person, or <see cref="Newcomer"/>: nobody is noted down for what is refused.</summary>
    public async Task<string> KnownIdOfAsync(string issuer, string subject, CancellationToken cancellation)
    {
        if (_ids.TryGetValue((issuer, subject), out var known))
        {
            return known;
        }
        var removals = Volatile.Read(ref _removals);
        await using var command = _database.CreateCommand("select id from actors where issuer = $1 and subject = $2");
        command.Parameters.Add(new() { Value = issuer });
        command.Parameters.Add(new() { Value = subject });
        return await command.ExecuteScalarAsync(cancellation) is string id ? Remember(issuer, subject, id, removals) : Newcomer;
    }

    /// <summary>The ids of whoever goes by this subject, with whichever issuer.</summary>
    public async Task<IReadOnlyList<string>> IdsOfAsync(string subject, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand("select id from actors where subject = $1 order by id");
        command.Parameters.Add(new() { Value = subject });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            ids.Add(reader.GetString(0));
        }
        return ids;
    }

    /// <summary>The subject behind an id; null where nobody is known by it, or not any more.</summary>
    public async Task<string?> SubjectOfAsync(string id, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand("select subject from actors where id = $1");
        command.Parameters.Add(new() { Value = id });
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>The subjects behind these ids, in their order; an id whose person was redacted stays an id.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var names = ids.Select(id => _names.GetValueOrDefault(id)).ToList();
        if (!names.Contains(null))
        {
            return names!;
        }
        var removals = Volatile.Read(ref _removals);
        await using var command = _database.CreateCommand("select a.issuer, a.subject, i.id from unnest($1) with ordinality as i (id, place) left join actors a on a.id = i.id order by i.place");
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        names.Clear();
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetString(2);
            if (await reader.IsDBNullAsync(0, cancellation))
            {
                names.Add(id);
                continue;
            }
            names.Add(reader.GetString(1));
            Remember(reader.GetString(0), reader.GetString(1), id, removals);
        }
        return names!;
    }

    private string Remember(string issuer, string subject, string id, int removals)
    {
        if (_ids.Count >= MaxCached)
        {
            _ids.Clear();
            _names.Clear();
        }
        (_ids[(issuer, subject)], _names[id]) = (id, subject);
        if (removals != Volatile.Read(ref _removals))
        {
            // This may be the very person who was removed since it was read.
            _ids.TryRemove((issuer, subject), out _);
            _names.TryRemove(id, out _);
        }
        return id;
    }
}

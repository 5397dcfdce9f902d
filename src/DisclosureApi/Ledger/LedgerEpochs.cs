using System.Globalization;
using Disclosure.Ledger;
using Npgsql;

namespace DisclosureApi.Ledger;

/// <summary>
/// A database that was set back must not go on under the name it had: positions that somebody holds receipts of would be
/// given out again. The start finds it out, and an operator who knows what was lost opens a new epoch.
/// </summary>
internal static class LedgerEpochs
{
    private const string Mark = "/epoch-";

    /// <summary>Refuses the start where the store is behind what the ledger, or the witness outside, has signed.</summary>
    /// <exception cref="InvalidOperationException">It is; the message tells what the operator can do.</exception>
    public static async Task RequireWholeAsync(NpgsqlDataSource database, Witness witness, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await RequireWholeAsync(connection, witness, cancellation);
    }

    /// <summary>The same of the server that a connection leads to.</summary>
    public static async Task RequireWholeAsync(NpgsqlConnection connection, Witness witness, CancellationToken cancellation)
    {
        var head = await Integration.HeadAsync(connection, cancellation);
        await using (var last = new NpgsqlCommand("select disclosure_end()", connection))
        {
            if (head is not null && (long)(await last.ExecuteScalarAsync(cancellation))! < head.Size)
            {
                throw new InvalidOperationException($"Events are missing: the ledger has signed {head.Size}, and the newest is behind that. Restore the database whole; what is missing must not be given new positions.");
            }
        }
        if (await witness.ReadAsync(cancellation) is not { } kept)
        {
            return;
        }
        var newest = await NewestAsync(connection, cancellation);
        if (newest is var (number, origin) && Base(origin) == Base(kept.Origin) && number > NumberOf(kept.Origin))
        {
            return;
        }
        await using var command = new NpgsqlCommand(
            "select c.root from ledger_checkpoints c join ledger_epochs e on e.number = c.epoch where e.origin = $1 and c.size = $2", connection);
        command.Parameters.Add(new() { Value = kept.Origin });
        command.Parameters.Add(new() { Value = kept.Size });
        if (await command.ExecuteScalarAsync(cancellation) is not byte[] root || !root.AsSpan().SequenceEqual(kept.Root))
        {
            throw new InvalidOperationException(
                $"Ledger:Witness holds a checkpoint of {kept.Origin} with {kept.Size} entries that this database never signed: it was set back to an earlier state (it has {head?.Size ?? 0}), or is another one. "
                + "Restore the newest backup. If what came after is lost for good, open a new epoch, which tells everyone so: -- epoch --reason \"why\".");
        }
    }

    /// <summary>Opens the next epoch, and tells its name and how many entries it begins with.</summary>
    public static async Task<(string Origin, long Size)> OpenAsync(NpgsqlConnection connection, Checkpoint? kept, string reason, CancellationToken cancellation)
    {
        var newest = await NewestAsync(connection, cancellation);
        if (newest is null && kept is null)
        {
            throw new InvalidOperationException("This database has no ledger yet; it begins by itself when a host starts.");
        }
        var number = Math.Max(newest?.Number ?? 0, kept is null ? 0 : NumberOf(kept.Origin)) + 1;
        var origin = string.Create(CultureInfo.InvariantCulture, $"{Base(newest?.Origin ?? kept!.Origin)}{Mark}{number}");
        await using var command = new NpgsqlCommand(
            """
            insert into ledger_epochs (number, origin, size, reason)
            values ($1, $2, coalesce((select max(first + octet_length(commitments) / 32) from ledger_entries), 0), $3) returning size
            """, connection);
        command.Parameters.Add(new() { Value = number });
        command.Parameters.Add(new() { Value = origin });
        command.Parameters.Add(new() { Value = reason });
        return (origin, (long)(await command.ExecuteScalarAsync(cancellation))!);
    }

    private static async Task<(int Number, string Origin)?> NewestAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select number, origin from ledger_epochs order by number desc limit 1", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt32(0), reader.GetString(1)) : null;
    }

    private static string Base(string origin) => origin.Split(Mark)[0];

    private static int NumberOf(string origin) =>
        origin.Split(Mark) is [_, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 1;
}

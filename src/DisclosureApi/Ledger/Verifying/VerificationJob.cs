using DisclosureApi.Access;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Ledger.Verifying;

/// <summary>One verification, as it is told.</summary>
/// <param name="FinishedAt">Null while it runs, or when its host ended under it.</param>
internal sealed record Verification(long Number, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long? Size, long? Position, string? Fault);

/// <summary>Verifies the ledger in the background, one verification at a time on a host, and keeps every result.</summary>
internal sealed class VerificationJob(NpgsqlDataSource database, WholeDatabase whole, Witness witness, Actors actors, IHostApplicationLifetime lifetime, ILogger<VerificationJob> log)
{
    private Task _running = Task.CompletedTask;
    private readonly Lock _gate = new();

    /// <summary>Starts a verification; while one runs here, that is the one.</summary>
    public async Task<Verification> StartAsync(Caller caller, CancellationToken cancellation)
    {
        if (!_running.IsCompleted && await LastAsync(cancellation) is { } under)
        {
            return under;
        }
        await using var command = database.CreateCommand("insert into ledger_verifications (actor) values ($1) returning number");
        command.Parameters.Add(new() { Value = await actors.IdOfAsync(caller.Issuer, caller.Subject, cancellation) });
        var number = (long)(await command.ExecuteScalarAsync(cancellation))!;
        lock (_gate)
        {
            _running = Task.Run(() => RunAsync(number), CancellationToken.None);
        }
        return (await LastAsync(cancellation))!;
    }

    /// <summary>The newest verification; null when there was none.</summary>
    public async Task<Verification?> LastAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select v.number, v.started_at, r.finished_at, r.size, r.position, r.fault
            from ledger_verifications v left join ledger_verification_results r on r.number = v.number order by v.number desc limit 1
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Verification(
                reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
                reader.IsDBNull(3) ? null : reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetString(5))
            : null;
    }

    private async Task RunAsync(long number)
    {
        try
        {
            var found = await new LedgerVerification(whole.Source, witness).RunAsync(lifetime.ApplicationStopping);
            if (found.Fault is not null)
            {
                log.LogCritical("The ledger does not verify: {Fault}", found.Fault);
            }
            await TellAsync(number, found);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The host ends; a verification without an end is told as such.
        }
        catch (Exception fault)
        {
            // Whatever it was, whoever waits for the result is told that there is none.
            log.LogError(fault, "The verification could not be carried out.");
            await TellAsync(number, new LedgerFinding(0, null, $"It could not be carried out: {(fault is InvalidOperationException ? fault.Message : "the database could not be read.")}"));
        }
    }

    private async Task TellAsync(long number, LedgerFinding found)
    {
        await using var command = database.CreateCommand("insert into ledger_verification_results (number, size, position, fault) values ($1, $2, $3, $4)");
        command.Parameters.Add(new() { Value = number });
        command.Parameters.Add(new() { Value = found.Size });
        command.Parameters.Add(new() { Value = found.Position is { } position ? position : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = found.Fault is { } fault ? fault : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}

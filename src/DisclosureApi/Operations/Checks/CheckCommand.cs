using DisclosureApi.Ledger;
using DisclosureApi.Store.Local;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Command = System.CommandLine.Command;

namespace DisclosureApi.Operations.Checks;

/// <summary><c>check</c>: looks at all that a host needs, one line each, and changes nothing.</summary>
internal static class CheckCommand
{
    /// <param name="arguments">The whole command line, of which the configuration is read.</param>
    public static Command Create(string[] arguments)
    {
        var command = new Command("check", "Checks settings, database, rights, clock, keys and disk, one line each; the exit code is not zero when anything is wrong")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((_, cancellation) => RunAsync(Settings.Configured(arguments), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IConfiguration configuration, CancellationToken cancellation)
    {
        var hasFault = false;
        await foreach (var found in AllAsync(configuration, cancellation))
        {
            Console.WriteLine(found);
            hasFault |= found.Verdict == Verdict.Fault;
        }
        return hasFault ? 1 : 0;
    }

    private static async IAsyncEnumerable<Checked> AllAsync(IConfiguration configuration, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var faults = SettingChecks.OfHost(configuration);
        foreach (var fault in faults)
        {
            yield return Checked.Fault("settings", fault);
        }
        if (faults.Count > 0)
        {
            // What is made of wrong settings would only be told wrong in other words.
            yield break;
        }
        var settings = Settings.Read(configuration);
        yield return Checked.Ok("settings", "all can be read.");
        using var witness = new Witness(settings, NullLogger<Witness>.Instance);
        var (host, ledger) = (new HostChecks(settings, configuration), new LedgerChecks(settings, witness));
        yield return host.Disk();
        yield return ledger.Key();
        yield return ledger.Place();
        yield return await host.AuthorityAsync(cancellation);
        yield return await host.CollectorAsync(cancellation);
        await foreach (var found in OfDatabaseAsync(settings, ledger, cancellation))
        {
            yield return found;
        }
        foreach (var found in await ReplicaChecks.AllAsync(settings))
        {
            yield return found;
        }
    }

    private static async IAsyncEnumerable<Checked> OfDatabaseAsync(Settings settings, LedgerChecks ledger, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (reached, refused) = await ReachedDatabase.OpenAsync(settings, cancellation);
        if (refused is not null)
        {
            yield return refused;
        }
        if (reached is null)
        {
            yield break;
        }
        await using (reached)
        {
            var database = new DatabaseChecks(reached.Serving, settings.ServingConnection is null || settings.OwnerConnection is not null, TimeProvider.System);
            yield return await TryAsync("database", database.ServerAsync, cancellation);
            var schema = await TryAsync("schema", database.SchemaAsync, cancellation);
            yield return schema;
            if (schema.Verdict != Verdict.Ok)
            {
                // Tables that are not there yet can be asked nothing.
                yield break;
            }
            foreach (var (name, check) in ((string, Func<CancellationToken, Task<Checked>>)[])
            [
                ("rights", database.RightsAsync), ("clock", database.ClockAsync), ("archive", database.ArchiveAsync), ("size", database.SizeAsync),
                ("ledger", stop => ledger.WholeAsync(reached.Serving, stop)), ("verification", stop => LedgerChecks.VerificationAsync(reached.Serving, stop)), ("webhooks", stop => WebhookChecks.KeyAsync(settings, reached.Serving, stop)),
            ])
            {
                yield return await TryAsync(name, check, cancellation);
            }
        }
    }

    private static async Task<Checked> TryAsync(string name, Func<CancellationToken, Task<Checked>> check, CancellationToken cancellation)
    {
        try
        {
            return await check(cancellation);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or LocalPostgresException)
        {
            return Checked.Fault(name, $"could not be looked at: {fault.Message}");
        }
    }
}

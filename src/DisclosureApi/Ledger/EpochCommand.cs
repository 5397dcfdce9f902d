using DisclosureApi.Store.Replicas;
using System.CommandLine;
using DisclosureApi.Store.Rebuilding;
using Microsoft.Extensions.Logging.Abstractions;
using Command = System.CommandLine.Command;

namespace DisclosureApi.Ledger;

/// <summary><c>epoch --reason</c>: lets a database that was set back go on, under a new name of its ledger.</summary>
internal static class EpochCommand
{
    /// <param name="arguments">The whole command line, of which the configuration is read.</param>
    public static Command Create(string[] arguments)
    {
        var reason = new Option<string>("--reason") { Description = "What was lost and why; it stays with the ledger", Required = true };
        reason.RequireWords();
        var command = new Command("epoch", "Opens a new epoch of the ledger after a restore that lost events; start the hosts after it")
        {
            reason,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellation) => RunAsync(arguments, parsed.GetValue(reason)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] arguments, string reason, CancellationToken cancellation)
    {
        try
        {
            var settings = Settings.Read(arguments);
            await using var access = await OwnerAccess.OpenAsync(settings, Console.WriteLine, cancellation);
            await using var database = ServerAddresses.Primary(access.Connection);
            await using var connection = await database.OpenConnectionAsync(cancellation);
            using var witness = new Witness(settings, NullLogger<Witness>.Instance);
            var (origin, size) = await LedgerEpochs.OpenAsync(connection, await witness.ReadAsync(cancellation), reason, cancellation);
            Console.WriteLine($"The ledger goes on as {origin} from its first {size} entries. Publish that, and why: receipts of later entries of the epoch before are of events that are lost.");
            return 0;
        }
        catch (Exception fault) when (ApiHost.IsTold(fault))
        {
            await Console.Error.WriteLineAsync($"No epoch was opened: {fault.Message}");
            return 1;
        }
    }
}

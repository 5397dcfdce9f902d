using System.Security.Cryptography;
using DisclosureApi.Ledger;
using DisclosureApi.Store.Local;
using Npgsql;

namespace DisclosureApi.Operations.Checks;

/// <summary>What the ledger needs: its key, its witness, a database that is not behind what it signed.</summary>
internal sealed class LedgerChecks(Settings settings, Witness witness)
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public Checked Key() => KeyAt(settings.LedgerKeyFile ?? Path.Combine(settings.DataDirectory, LedgerKey.FileName));

    /// <summary>The place outside the database; that it can be read is found out by <see cref="WholeAsync"/>.</summary>
    public Checked Place() => settings.Witness switch
    {
        null => Checked.Warn("witness", "Ledger:Witness is not set, so a database that was set back would not be noticed. Name a file or an address outside the database's machine."),
        var place when Uri.TryCreate(place, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" => Checked.Ok("witness", $"{place}."),
        var file when !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))) => Checked.Ok("witness", $"{file}, in a folder that the first start makes."),
        var file => CanWriteBeside(file) ? Checked.Ok("witness", $"{file} can be written.") : Checked.Fault("witness", $"{file} cannot be written by this account. Give it the folder, or name another place in Ledger:Witness."),
    };

    public async Task<Checked> WholeAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        try
        {
            await LedgerEpochs.RequireWholeAsync(database, witness, cancellation);
        }
        catch (InvalidOperationException behind)
        {
            return Checked.Fault("ledger", behind.Message);
        }
        var state = await StoreState.ReadAsync(database, cancellation);
        return state.LedgerLag > Readiness.Standstill && !(state.SinceCheckpoint < Readiness.Standstill)
            ? Checked.Warn("ledger", $"{state.LedgerBehind} events are in no checkpoint, the oldest for {state.LedgerLag.TotalMinutes:0} minutes; no host runs, or its log tells why.")
            : Checked.Ok("ledger", $"{state.LedgerSize} of {state.Position} events are in checkpoints.");
    }

    /// <summary>What the last verification of the whole ledger found.</summary>
    public static async Task<Checked> VerificationAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select finished_at, size, fault from ledger_verification_results order by number desc limit 1");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return !await reader.ReadAsync(cancellation) ? Checked.Ok("verification", "none yet; POST /v1/audit/verification makes one.")
            : await reader.IsDBNullAsync(2, cancellation) ? Checked.Ok("verification", $"whole, {reader.GetInt64(1)} entries, on {reader.GetFieldValue<DateTimeOffset>(0):yyyy-MM-dd}.")
            : Checked.Fault("verification", $"the last one found: {reader.GetString(2)} openapi/OPERATIONS.md tells what to do.");
    }

    private static Checked KeyAt(string path)
    {
        if (!File.Exists(path))
        {
            return Checked.Warn("key", $"{path} is not there; a start makes a new key, which is a rotation where there was one before.");
        }
        try
        {
            using var key = KeyFile.Read(path);
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None
                ? Checked.Fault("key", $"{path} can be read or written by other accounts: chmod 600 it, and rotate the key if one of them may have.")
                : Checked.Ok("key", $"{path} can be read, and by this account alone.");
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return Checked.Fault("key", $"{path} cannot be read as a private key (PEM, P-256). Put the right file back, or give this account the right to read it.");
        }
    }

    private static bool CanWriteBeside(string file)
    {
        var probe = $"{file}.check-{Environment.ProcessId}";
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return true;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

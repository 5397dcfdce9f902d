using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DisclosureApi.Generating;
using DisclosureApi.Reports;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using Npgsql;
using Command = System.CommandLine.Command;

namespace DisclosureApi;

/// <summary><c>generate</c>: fills an empty database with the reports of a country that does not exist.</summary>
internal static class GenerateCommand
{
    /// <summary>More reports than this are copied in.</summary>
    private const int MostAppended = 2_000;

    /// <param name="arguments">The whole command line, of which the configuration is read.</param>
    public static Command Create(string[] arguments)
    {
        var agencies = new Option<int>("--agencies") { Description = "How many bodies", DefaultValueFactory = _ => 3_000 };
        var years = new Option<int>("--years") { Description = $"How many report years, {Generation.MostYears} at most", DefaultValueFactory = _ => 6 };
        var seed = new Option<int>("--seed") { Description = "The same number gives the same country", DefaultValueFactory = _ => 1 };
        Limit(agencies, 1, 300_000);
        Limit(years, 1, Generation.MostYears);
        var command = new Command("generate", "Fills an empty database with made-up reports of all levels, for trying things out")
        {
            Options = { agencies, years, seed },
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancellation) => RunAsync(arguments, parsed.GetValue(agencies), parsed.GetValue(years), parsed.GetValue(seed), cancellation));
        return command;
    }

    /// <summary>Fills the database, by appends or by COPY, and returns the last position.</summary>
    internal static async Task<long> FillAsync(string owner, NpgsqlDataSource serving, Generation generation, bool isCopied, Action<string> tell, CancellationToken cancellation)
    {
        await RequireEmptyAsync(serving, cancellation);
        foreach (var role in (string[])["registrar", "archivist", "submitter", "secrecyReviewer", "reviewer"])
        {
            await using var command = serving.CreateCommand("insert into actors (id, issuer, subject) values ($1, 'generated', $2) on conflict do nothing");
            command.Parameters.Add(new() { Value = $"p_generated_{role}" });
            command.Parameters.Add(new() { Value = role });
            await command.ExecuteNonQueryAsync(cancellation);
        }
        var clock = Stopwatch.StartNew();
        if (!isCopied)
        {
            return await GeneratedSteps.StoreAsync(serving, generation.Steps(), Changes, Tell, cancellation);
        }
        var position = await CopiedSteps.StoreAsync(owner, generation.Steps(), Tell, cancellation);
        await new Rebuild(owner, RebuildCommand.Models, TimeProvider.System, tell).RunAsync(cancellation);
        return position;

        void Tell(long reached)
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(5))
            {
                tell($"{reached:N0} events are stored.");
                clock.Restart();
            }
        }
    }

    private static IEnumerable<NpgsqlBatchCommand> Changes(GeneratedStep step, IReadOnlyList<StoredEvent> placed) => step.Report is { } report
        ? ReportProjection.Standing(report, placed[^1].Recorded, step.States[^1]).Select(row => row.Upsert())
            .Concat(ReportProjection.Changes(report, step.Agency, [.. placed.Zip(step.States, (stored, after) => (stored.Recorded, after))]))
        : AgencyRegister.Changes([.. placed.Select(stored => stored.Recorded)]);

    private static async Task RequireEmptyAsync(NpgsqlDataSource serving, CancellationToken cancellation)
    {
        await using var command = serving.CreateCommand("select exists (select from mt_events)");
        if (await command.ExecuteScalarAsync(cancellation) is true)
        {
            throw new InvalidOperationException("The database holds events already; made-up reports are put into an empty one only.");
        }
    }

    private static async Task<int> RunAsync(string[] arguments, int agencies, int years, int seed, CancellationToken cancellation)
    {
        try
        {
            var settings = Settings.Read(arguments);
            await using var access = await OwnerAccess.OpenAsync(settings, Console.WriteLine, cancellation, isMade: true);
            await using var serving = Database.Open(settings.ServingConnection ?? access.Connection);
            var clock = Stopwatch.StartNew();
            var position = await FillAsync(access.Connection, serving, new Generation(agencies, years, seed), agencies * years > MostAppended, Console.WriteLine, cancellation);
            Console.WriteLine($"{agencies:N0} made-up bodies and {years} years of their reports are stored in {position:N0} events, in {clock.Elapsed.TotalSeconds:N0} s.");
            return 0;
        }
        catch (Exception fault) when (ApiHost.IsTold(fault))
        {
            await Console.Error.WriteLineAsync($"Nothing more was generated: {fault.Message}");
            return 1;
        }
    }

    private static void Limit(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        // The value that is left out is within the limits.
        if (result.Tokens is [.., var last] && !(int.TryParse(last.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most))
        {
            result.AddError($"{option.Name} must be a whole number between {least} and {most}.");
        }
    });
}

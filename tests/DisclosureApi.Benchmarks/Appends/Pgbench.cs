using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DisclosureApi.Benchmarks.Measuring;
using Npgsql;

namespace DisclosureApi.Benchmarks.Appends;

/// <summary>PostgreSQL's own load program, written in C, with a prepared statement an append: nearly nothing but the server's own work.</summary>
internal sealed partial class Pgbench(string program, NpgsqlConnectionStringBuilder database)
{
    /// <summary>One statement that stores the event's row alone, in a stream that is there already and that nobody changes.</summary>
    public const string EventAlone =
        """
        insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
        select n, gen_random_uuid(), 'pgbench', n, :type, now(), :dotnet, :request, :actor, :data, :headers from nextval('mt_events_sequence') n;
        """;

    /// <summary>One statement that stores the event's row and its stream's, as the other sides do.</summary>
    public const string EventAndStream =
        """
        with s as (
            insert into mt_streams as s (id, type, version, timestamp) values (:run::text || :client_id::text, 'report', 1, now())
            on conflict (id) do update set version = s.version + 1, timestamp = now() returning id, version)
        insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
        select nextval('mt_events_sequence'), gen_random_uuid(), s.id, s.version, :type, now(), :dotnet, :request, :actor, :data, :headers from s;
        """;

    /// <summary>Null when the server came without it.</summary>
    public static async Task<Pgbench?> FindAsync(string connection) =>
        await BenchmarkServer.ProgramAsync("pgbench") is { } program ? new Pgbench(program, new NpgsqlConnectionStringBuilder(connection)) : null;

    public async Task PrepareAsync()
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("insert into mt_streams (id, type, version) values ('pgbench', 'report', 0)");
        await command.ExecuteNonQueryAsync();
    }

    public async Task<Measured> RunAsync(string statement, int clients, TimeSpan duration)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, statement.ReplaceLineEndings(" "));
            using var pgbench = Process.Start(Start(script, clients, duration))!;
            var output = pgbench.StandardOutput.ReadToEndAsync();
            var errors = await pgbench.StandardError.ReadToEndAsync();
            await pgbench.WaitForExitAsync();
            return Rate().Match(await output) is { Success: true } rate
                ? new Measured(double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture), [])
                : throw new InvalidOperationException($"pgbench told no rate: {errors}");
        }
        finally
        {
            File.Delete(script);
        }
    }

    private ProcessStartInfo Start(string script, int clients, TimeSpan duration)
    {
        string[] variables =
        [
            $"run=pgbench-{Guid.CreateVersion7():N}-", $"type={Sample.Name}", $"dotnet={Sample.DotnetType}", $"request={Sample.Provenance.Request}",
            $"actor={Sample.Provenance.Actor}", $"data={Sample.Json}", $"headers={Sample.Headers}",
        ];
        var start = new ProcessStartInfo(
            program,
            [
                "-n", "-M", "prepared", "-h", database.Host!, "-p", $"{database.Port}", "-U", database.Username!, "-f", script,
                "-c", $"{clients}", "-j", $"{Math.Min(clients, Environment.ProcessorCount)}", "-T", $"{Math.Max(1, (int)duration.TotalSeconds)}",
                .. variables.SelectMany(variable => new[] { "-D", variable }), database.Database!,
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = database.Password;
        start.Environment["PGOPTIONS"] = database.Options;
        return start;
    }

    [GeneratedRegex(@"tps = (?<rate>[0-9.]+) \(without initial", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();
}

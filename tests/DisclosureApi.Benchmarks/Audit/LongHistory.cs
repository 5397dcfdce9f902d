using System.Globalization;
using Disclosure.Formats;
using Disclosure.Reports;
using Disclosure.Tests;
using DisclosureApi.Store;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Benchmarks.Audit;

/// <summary>Reports of 200 events each, as they would stand in the store after years: the first event holds a whole report, each later one a change of about 1 KB.</summary>
internal static class LongHistory
{
    public const int EventsEach = 200;
    private const int CellsEach = 12;
    private const string Actor = "p_0123456789abcdef01234567";
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Fills an empty store by COPY. The reports' numbers go from 1 on.</summary>
    public static async Task FillAsync(BenchmarkDatabase database, int reports)
    {
        var life = Life();
        await using var owner = NpgsqlDataSource.Create(database.Owner);
        await using var connection = await owner.OpenConnectionAsync();
        await using (var streams = await connection.BeginBinaryImportAsync("copy mt_streams (id, type, version) from stdin (format binary)"))
        {
            for (var number = 1; number <= reports; number++)
            {
                await streams.StartRowAsync();
                await streams.WriteAsync(Stream(number), NpgsqlDbType.Varchar);
                await streams.WriteAsync("report", NpgsqlDbType.Varchar);
                await streams.WriteAsync((long)EventsEach, NpgsqlDbType.Bigint);
            }
            await streams.CompleteAsync();
        }
        await using (var events = await connection.BeginBinaryImportAsync(
            "copy mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, headers, user_name) from stdin (format binary)"))
        {
            for (var position = 0; position < reports * EventsEach; position++)
            {
                // Reports are written side by side, as they are in life, and not one after the other.
                await WriteAsync(events, position, position % reports + 1, life[position / reports]);
            }
            await events.CompleteAsync();
        }
        await using var analyze = new NpgsqlCommand("analyze mt_events; analyze mt_streams", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter events, int position, int number, (int Version, EventRow Row) happened)
    {
        await events.StartRowAsync();
        await events.WriteAsync(position + 1L, NpgsqlDbType.Bigint);
        await events.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
        await events.WriteAsync(Stream(number), NpgsqlDbType.Varchar);
        await events.WriteAsync((long)happened.Version, NpgsqlDbType.Bigint);
        await events.WriteAsync(happened.Row.Data, NpgsqlDbType.Jsonb);
        await events.WriteAsync(happened.Row.Type, NpgsqlDbType.Varchar);
        await events.WriteAsync(Start.AddMilliseconds(position), NpgsqlDbType.TimestampTz);
        await events.WriteAsync(happened.Row.DotnetType, NpgsqlDbType.Varchar);
        await events.WriteAsync($"0HN{position.ToString("D10", CultureInfo.InvariantCulture)}:00000001", NpgsqlDbType.Varchar);
        await events.WriteAsync(happened.Row.Headers, NpgsqlDbType.Jsonb);
        await events.WriteAsync(Actor, NpgsqlDbType.Varchar);
    }

    private static string Stream(int number) => new ReportId(Samples.CodeOf(number), Hosts.BenchmarkHost.Year).Stream;

    /// <summary>The events of one report, decided as they would be in life.</summary>
    private static List<(int Version, EventRow Row)> Life()
    {
        var by = new Provenance(Actor, "submitter", Samples.Agency, "benchmarks", "");
        var cells = Format2021.Value.Tables.SelectMany(table => table.Cells).Where(cell => cell.Column.Decimals == 0).Select(cell => cell.Address).ToList();
        var (report, content, life) = (Report.None, Samples.Whole(), new List<(int, EventRow)>());
        for (var version = 1; version <= EventsEach; version++)
        {
            for (var i = 0; i < CellsEach; i++)
            {
                content = content.With(cells[(version * CellsEach + i) % cells.Count], version);
            }
            var decided = ReportDecider.Decide(report, new ReportCommand.Edit(Actor, Samples.AgencyName, content, null, null));
            var happened = ((Decision.Accepted)decided).Events.Single();
            life.Add((version, EventRow.Of(happened, by)));
            report = report.Apply(happened, Actor);
        }
        return life;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Disclosure.Tests;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Tests.Store;

/// <summary>
/// What Marten relies on when it reads our events. Marten itself is not among the packages that this project restores,
/// so its side is written down here: the columns it selects, and how it comes from a row to an object.
/// </summary>
public sealed class MartenTests(TestServer server) : IAsyncLifetime
{
    private static readonly Provenance Someone = new("p_someone", "submitter", Samples.Agency, "tests", "request-1");
    private TestDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync($"marten_{Guid.NewGuid():N}");
        await using var serving = Database.Open(_database.Serving);
        await using var store = new EventStore(serving, TimeProvider.System);
        foreach (var happened in PinnedEvents.All.Values)
        {
            var version = (await store.ReadAsync("pins", Cancellation)).Version;
            await store.AppendAsync(new Append("pins", "report", version, [happened], Someone, null, _ => []), Cancellation);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("mt_streams", "id:varchar type:varchar version:int8 timestamp:timestamptz snapshot:jsonb snapshot_version:int4 created:timestamptz tenant_id:varchar is_archived:bool")]
    [InlineData(
        "mt_events",
        "seq_id:int8 id:uuid stream_id:varchar version:int8 data:jsonb bdata:bytea type:varchar timestamp:timestamptz tenant_id:varchar mt_dotnet_type:varchar "
        + "correlation_id:varchar causation_id:varchar headers:jsonb user_name:varchar is_archived:bool")]
    [InlineData("mt_event_progression", "name:varchar last_seq_id:int8 last_updated:timestamptz")]
    public async Task The_tables_have_the_columns_of_Marten_8_and_9_with_string_streams_and_metadata(string table, string columns) =>
        Assert.Equal(columns, await _database.ScalarAsync<string>(
            $"select string_agg(column_name || ':' || udt_name, ' ' order by ordinal_position) from information_schema.columns where table_name = '{table}'"));

    [Fact]
    public async Task The_sequence_by_which_Marten_knows_the_end_is_in_step() =>
        Assert.Equal(
            await _database.ScalarAsync<long>("select max(seq_id) from mt_events"),
            await _database.ScalarAsync<long>("select last_value from mt_events_sequence"));

    [Fact]
    public async Task Tenant_and_archive_flags_are_those_that_Marten_filters_by() =>
        Assert.Equal(
            "*DEFAULT* false",
            await _database.ScalarAsync<string>("select string_agg(distinct concat_ws(' ', e.tenant_id, case when e.is_archived or s.is_archived then 'true' else 'false' end), ',') from mt_events e join mt_streams s on s.id = e.stream_id"));

    [Fact]
    public async Task Each_row_becomes_its_event_by_the_type_it_names_and_plain_System_Text_Json()
    {
        // The options that Marten makes of UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase).
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            PropertyNameCaseInsensitive = true,
            Converters = { new JsonStringEnumConverter() },
        };
        await using var owner = NpgsqlDataSource.Create(_database.Owner);
        await using var command = owner.CreateCommand("select type, mt_dotnet_type, data::text from mt_events order by seq_id");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var read = new List<object>();
        while (await reader.ReadAsync(Cancellation))
        {
            var type = Type.GetType(reader.GetString(1), throwOnError: true)!;
            read.Add(JsonSerializer.Deserialize(reader.GetString(2), type, options)!);
            Assert.Equal(reader.GetString(0), EventCodec.NameOf(read[^1]));
        }

        Assert.Equal(PinnedEvents.All.Values.Select(EventCodec.Encode), read.Select(EventCodec.Encode));
    }

    [Fact]
    public void The_documented_mapping_names_every_event()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "openapi", "LEDGER.md"));

        Assert.All(PinnedEvents.All.Values, happened =>
            Assert.Contains($"MapEventType<{happened.GetType().FullName!.Split('.')[^1].Replace('+', '.')}>(\"{EventCodec.NameOf(happened)}\")", document));
    }
}

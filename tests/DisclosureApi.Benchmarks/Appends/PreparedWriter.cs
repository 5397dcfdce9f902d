using DisclosureApi.Benchmarks.Measuring;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Benchmarks.Appends;

/// <summary>
/// What a careful programmer writes by hand: a connection of its own, one prepared round trip an append, which commits by
/// itself. It stores the same rows and checks the same version, but a sequence gives the position, so that its order has gaps.
/// </summary>
internal sealed class PreparedWriter : IClient
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _append;
    private readonly NpgsqlParameter<long> _streamVersion = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long> _version = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<Guid> _id = new() { NpgsqlDbType = NpgsqlDbType.Uuid };

    private PreparedWriter(NpgsqlConnection connection)
    {
        var stream = $"prepared-{Guid.CreateVersion7():N}";
        _connection = connection;
        _append = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(
                    """
                    insert into mt_streams as s (id, type, version, timestamp) values ($1, $2, $3, now())
                    on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp where s.version = excluded.version - 1
                    """)
                {
                    Parameters = { Text(stream), Text("report"), _streamVersion },
                },
                new(
                    """
                    insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
                    values (nextval('mt_events_sequence'), $1, $2, $3, $4, now(), $5, $6, $7, $8, $9)
                    """)
                {
                    Parameters =
                    {
                        _id, Text(stream), _version, Text(Sample.Name), Text(Sample.DotnetType), Text(Sample.Provenance.Request),
                        Text(Sample.Provenance.Actor), Jsonb(Sample.Json), Jsonb(Sample.Headers),
                    },
                },
            },
        };
    }

    public static async Task<PreparedWriter> OpenAsync(NpgsqlDataSource database)
    {
        var writer = new PreparedWriter(await database.OpenConnectionAsync());
        await writer._append.PrepareAsync();
        return writer;
    }

    public async Task StepAsync()
    {
        _streamVersion.TypedValue = ++_version.TypedValue;
        _id.TypedValue = Guid.CreateVersion7();
        if (await _append.ExecuteNonQueryAsync() != 2)
        {
            throw new InvalidOperationException("A writer alone on its stream met another.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _append.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Varchar };

    private static NpgsqlParameter<string> Jsonb(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Jsonb };
}

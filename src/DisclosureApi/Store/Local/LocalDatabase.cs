using Npgsql;

namespace DisclosureApi.Store.Local;

/// <summary>
/// The roles and the database inside the cluster. Each is made when it is missing, on every start, so that a first start
/// cut short anywhere is completed by the next.
/// </summary>
internal sealed class LocalDatabase(ServerAddress address, RoleSecrets secrets)
{
    public const string Superuser = "postgres";
    public const string Owner = "disclosure_owner";
    public const string Serving = "disclosure";
    private const string Name = "disclosure";

    public string ConnectionString(string role) => new NpgsqlConnectionStringBuilder
    {
        Host = address.Host,
        Port = address.Port,
        Username = role,
        Password = secrets.Of(role),
        Database = role == Superuser ? "postgres" : Name,
    }.ConnectionString;

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString(Superuser)) { Pooling = false });
        await using var connection = await OpenAsync(source, cancellation);
        foreach (var role in new[] { Owner, Serving })
        {
            await EnsureRoleAsync(connection, role, cancellation);
        }

        if (!await ExistsAsync(connection, "select exists (select from pg_database where datname = $1)", Name, cancellation))
        {
            await ExecuteAsync(connection, $"create database {Name} owner {Owner} template template0 encoding 'UTF8' locale 'C'", cancellation);
        }

        // Repeated on each start, because the rights are given in another step than the database is made.
        await ExecuteAsync(connection, $"revoke all on database {Name} from public; grant connect on database {Name} to {Serving}", cancellation);
    }

    private async Task EnsureRoleAsync(NpgsqlConnection connection, string role, CancellationToken cancellation)
    {
        var kept = secrets.Has(role);
        var exists = await ExistsAsync(connection, "select exists (select from pg_roles where rolname = $1)", role, cancellation);
        if (!exists || !kept)
        {
            // The secret is our own hexadecimal, so quoting it is safe; PostgreSQL takes no parameter here.
            await ExecuteAsync(connection, $"{(exists ? "alter" : "create")} role {role} login password '{secrets.Of(role)}'", cancellation);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellation);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new LocalPostgresException(
                $"The cluster refuses the superuser's password in {secrets.FileOf(Superuser)}: the file and the cluster are not of one origin. "
                + "Put back the secrets folder that belongs to this pgdata.", refused);
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string question, string name, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(question, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

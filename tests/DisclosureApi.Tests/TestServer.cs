using DisclosureApi.Generating;
using DisclosureApi.Store;
using DisclosureApi.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace DisclosureApi.Tests;

/// <summary>One PostgreSQL for the run, the embedded one, with a template of which each test class gets a database of its own.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private const string Template = "disclosure_template";
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"disclosure-tests-{Environment.ProcessId}");
    private LocalPostgres? _postgres;

    public async ValueTask InitializeAsync()
    {
        _postgres = await LocalPostgres.StartAsync(_directory, _ => { }, CancellationToken.None);
        await RunAsync($"create database {Template} owner disclosure_owner");
        await Database.PrepareAsync(Owner(Template), "disclosure", CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        await (_postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A fresh database; the name says which tests it is for.</summary>
    public Task<TestDatabase> CreateDatabaseAsync(string name) => CreateDatabaseAsync(name, Template);

    /// <summary>A database without our schema.</summary>
    public Task<TestDatabase> CreateEmptyDatabaseAsync(string name) => CreateDatabaseAsync(name, "template0");

    /// <summary>For tests that make many.</summary>
    public Task DropDatabaseAsync(TestDatabase database)
    {
        NpgsqlConnection.ClearAllPools();
        return RunAsync($"drop database {new NpgsqlConnectionStringBuilder(database.Owner).Database} with (force)");
    }

    private async Task<TestDatabase> CreateDatabaseAsync(string name, string template)
    {
        await RunAsync($"create database {name} template {template} owner disclosure_owner");
        return new TestDatabase(Serving(name), Owner(name), In(_postgres!.SuperuserConnectionString, name));
    }

    private string Owner(string database) => In(_postgres!.OwnerConnectionString, database);

    private string Serving(string database) => In(_postgres!.ServingConnectionString, database);

    private static string In(string connection, string database) => new NpgsqlConnectionStringBuilder(connection) { Database = database }.ConnectionString;

    private async Task RunAsync(string sql)
    {
        await using var superuser = NpgsqlDataSource.Create(_postgres!.SuperuserConnectionString);
        await using var command = superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A test class' database by the connections of its roles.</summary>
public sealed record TestDatabase(string Serving, string Owner, string Superuser)
{
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(Owner);
        await using var command = owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Fills it with a country that does not exist.</summary>
    internal async Task FillAsync(Generation generation, bool isCopied)
    {
        await using var serving = Database.Open(Serving);
        await GenerateCommand.FillAsync(Owner, serving, generation, isCopied, _ => { }, TestContext.Current.CancellationToken);
    }

    /// <summary>Statements as the owner, in a session of their own.</summary>
    public async Task RunAsync(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Owner) { Pooling = false });
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The first column of each row, as the owner.</summary>
    public async Task<List<string>> TextsAsync(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(Owner);
        await using var command = owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var texts = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            texts.Add(reader.GetString(0));
        }
        return texts;
    }
}

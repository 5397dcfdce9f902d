using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Host;
using DisclosureApi.Tests.Store;
using Npgsql;

namespace DisclosureApi.Tests.Ledger;

/// <summary>A backup that is older than what the world has seen does not come back unseen.</summary>
public sealed class EpochTests(TestServer server)
{
    [Fact]
    public async Task A_database_that_was_set_back_serves_only_under_a_new_name_that_its_operator_gave_a_reason_for()
    {
        using var directory = new TemporaryDataDirectory();
        var (database, name) = (await server.CreateDatabaseAsync($"epoch_{Guid.NewGuid():N}"), $"backup_{Guid.NewGuid():N}");
        var origin = (await ServeAsync(directory.Path, database, 1)).Split('\n')[0];
        await CopyAsync(database, name);
        var backup = new TestDatabase(In(database.Serving, name), In(database.Owner, name), In(database.Superuser, name));
        await ServeAsync(directory.Path, database, 2);

        using (var refused = HostProcess.Run([.. Arguments(directory.Path, backup), "--urls", "http://127.0.0.1:0"]))
        {
            Assert.NotEqual(0, await refused.ExitAsync());
            Assert.Contains("was set back", refused.Errors, StringComparison.Ordinal);
        }
        using (var opened = HostProcess.Run(["epoch", "--reason", "磁盘损坏，末次备份之后的事件丢失", .. Arguments(directory.Path, backup)]))
        {
            Assert.True(await opened.ExitAsync() == 0, opened.Errors);
        }
        var after = await ServeAsync(directory.Path, backup, 3);

        Assert.Equal($"{origin}/epoch-2", after.Split('\n')[0]);
    }

    /// <summary>Serves until one more agency is registered and in the ledger; answers the newest checkpoint.</summary>
    private static async Task<string> ServeAsync(string directory, TestDatabase database, int number)
    {
        using var host = await HostProcess.ServeAsync(directory, Arguments(directory, database));
        var registrar = host.As(HostProcess.Token(directory, Role.Registrar));
        (await registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(30_000 + number)}", Bodies.Agency(Samples.CodeOf(30_000 + number)), Headers.Create)).Expect(201);
        var size = await database.ScalarAsync<long>("select max(seq_id) from mt_events");
        Reply checkpoint;
        do
        {
            checkpoint = await registrar.GetAsync("/v1/ledger/checkpoint");
        }
        while (checkpoint.Status != 200 || long.Parse(checkpoint.Text.Split('\n')[1]) < size);
        await host.SignalAsync("TERM");
        Assert.Equal(0, await host.ExitAsync());
        Assert.Equal(checkpoint.Text, await File.ReadAllTextAsync(Path.Combine(directory, "witness"), TestContext.Current.CancellationToken));
        return checkpoint.Text;
    }

    private static string[] Arguments(string directory, TestDatabase database) =>
    [
        $"--LocalPostgres:DataDirectory={directory}", $"--ConnectionStrings:Disclosure={database.Serving}", $"--ConnectionStrings:DisclosureOwner={database.Owner}",
        $"--Ledger:Witness={Path.Combine(directory, "witness")}",
    ];

    private static async Task CopyAsync(TestDatabase database, string name)
    {
        NpgsqlConnection.ClearAllPools();
        await using var superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(In(database.Superuser, "postgres")) { Pooling = false });
        await using var command = superuser.CreateCommand($"create database {name} template {new NpgsqlConnectionStringBuilder(database.Serving).Database} owner disclosure_owner");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static string In(string connection, string database) => new NpgsqlConnectionStringBuilder(connection) { Database = database }.ConnectionString;
}

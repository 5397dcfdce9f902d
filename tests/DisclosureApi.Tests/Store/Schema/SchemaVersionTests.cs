using System.Globalization;
using Disclosure.Tests;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using DisclosureApi.Store.Schema;
using DisclosureApi.Tests.Store.Rebuilding;

namespace DisclosureApi.Tests.Store.Schema;

/// <summary>Databases of earlier versions, restored from dumps that were made when those versions were new.</summary>
public sealed class SchemaVersionTests(TestServer server)
{
    private const string Report = $"/v1/agencies/{Samples.Agency}/reports/2023";
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "DisclosureApi.Tests", "Store", "Schema");

    /// <summary>The versions that programs were released with; each left a dump here.</summary>
    public static TheoryData<int> EarlierVersions => [.. Directory.GetFiles(Folder, "version-*.sql").Select(Number).Order()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_database_passes_through_every_version_once()
    {
        var database = await server.CreateEmptyDatabaseAsync($"schema_{Guid.NewGuid():N}");

        await Task.WhenAll(PrepareAsync(database), PrepareAsync(database), PrepareAsync(database));

        var applied = await database.TextsAsync("select version::text from schema_version order by schema_version.version");
        Assert.Equal(SchemaVersion.All.Select(version => version.Number.ToString()), applied);
        Assert.Equal(Enumerable.Range(1, Database.Newest), SchemaVersion.All.Select(version => version.Number));
    }

    [Theory]
    [MemberData(nameof(EarlierVersions))]
    public async Task A_database_of_an_earlier_version_becomes_what_a_fresh_one_is_and_keeps_every_byte(int version)
    {
        var database = await RestoreAsync(version);
        var fresh = await server.CreateDatabaseAsync($"schema_{Guid.NewGuid():N}");
        var body = await database.ScalarAsync<string>("select convert_from(body, 'UTF8') from publications");

        await PrepareAsync(database);

        Assert.Equal(await TableShapes.OfAsync(fresh), await TableShapes.OfAsync(database));
        await using var host = await ServingHost.StartAsync(database);
        Assert.Equal(body, await host.GetAsync(Report));
        // The agency was renamed since; the report keeps the name of its day.
        Assert.Contains(Samples.AgencyName, body);
    }

    [Theory]
    [MemberData(nameof(EarlierVersions))]
    public async Task What_an_earlier_program_rendered_is_rendered_the_same_today(int version)
    {
        var database = await RestoreAsync(version);
        var rows = await ModelRows.OfFirstAsync(database);
        await PrepareAsync(database);
        await database.RunAsync(ModelRows.Destroy);

        await new Rebuild(database.Owner, RebuildCommand.Models, TimeProvider.System, _ => { }).RunAsync(Cancellation);

        Assert.Equal(rows, await ModelRows.OfFirstAsync(database));
    }

    [Fact]
    public async Task A_host_of_the_version_before_goes_on_while_another_upgrades()
    {
        var database = await RestoreAsync(Directory.GetFiles(Folder, "version-*.sql").Max(Number));
        await PrepareRightsAsync(database);
        await using var host = await ServingHost.StartAsync(database);
        var body = await host.GetAsync(Report);
        using var upgraded = new CancellationTokenSource();
        var reading = Task.Run(
            async () =>
            {
                var answers = 0;
                for (; !upgraded.IsCancellationRequested || answers < 20; answers++)
                {
                    Assert.Equal(body, await host.GetAsync(Report));
                }
                return answers;
            },
            Cancellation);

        await PrepareAsync(database);
        await upgraded.CancelAsync();

        Assert.InRange(await reading, 20, int.MaxValue);
        // The statements of an append that the older program prepared before still fit.
        Assert.IsType<AppendResult.Stored>(await host.RegisterAsync(Samples.OtherAgency));
    }

    [Fact]
    public async Task Documents_that_stayed_behind_a_removal_go_with_the_upgrade_and_the_others_stay()
    {
        var database = await server.CreateDatabaseAsync($"schema_{Guid.NewGuid():N}");
        var (left, held, known) = (new string('a', 64), new string('b', 64), new string('c', 64));
        await database.RunAsync(
            $$"""
            delete from schema_version where version >= 29;
            drop function disclosure_store, disclosure_is_held;
            insert into mt_streams (id, type, version) values ('report/a/2023', 'report', 2), ('report/b/2023', 'report', 3), ('report/c/2023', 'report', 2);
            insert into mt_events (seq_id, id, stream_id, version, type, timestamp, data)
            select place, gen_random_uuid(), stream, version, type, now(), data::jsonb from (values
                (1, 'report/a/2023', 1, 'document_imported', '{"document":{"sha256":"{{left}}"} }'),
                (2, 'report/a/2023', 2, 'texts_redacted', '{"texts":[{"position":1}]}'),
                (3, 'report/b/2023', 1, 'document_imported', '{"document":{"sha256":"{{left}}"} }'),
                (4, 'report/b/2023', 2, 'texts_redacted', '{"texts":[{"position":3}]}'),
                (5, 'report/b/2023', 3, 'document_imported', '{"document":{"sha256":"{{held}}"} }'),
                (6, 'report/c/2023', 1, 'document_imported', '{"document":{"sha256":"{{known}}"} }'),
                (7, 'report/c/2023', 2, 'texts_redacted', '{"texts":[],"person":"p_1"}')) as e (place, stream, version, type, data);
            insert into originals (sha256, bytes) values ('{{left}}', ''), ('{{held}}', ''), ('{{known}}', '')
            """);

        await PrepareAsync(database);

        Assert.Equal([held, known], await database.TextsAsync("select sha256 from originals order by sha256"));
    }

    [Fact]
    public async Task A_failing_upgrade_leaves_the_database_as_it_was()
    {
        var database = await RestoreAsync(1);
        await database.RunAsync("create table rebuilds (another int)");
        var before = await TableShapes.OfAsync(database);

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => PrepareAsync(database));

        Assert.Equal(before, await TableShapes.OfAsync(database));
        Assert.Equal(1, await database.ScalarAsync<int>("select max(version) from schema_version"));
    }

    private static int Number(string dump) => int.Parse(Path.GetFileNameWithoutExtension(dump)["version-".Length..], CultureInfo.InvariantCulture);

    private static Task PrepareAsync(TestDatabase database) => Database.PrepareAsync(database.Owner, "disclosure", Cancellation);

    /// <summary>A dump names no roles, so the rights that the version before had given are given again.</summary>
    private static Task PrepareRightsAsync(TestDatabase database) => database.RunAsync(
        """
        grant select, insert, update on mt_streams, agencies, reports, publications to disclosure;
        grant select, insert on mt_events, actors to disclosure;
        grant select, insert, update, delete on idempotency, hosts to disclosure;
        grant select, update on sequence mt_events_sequence to disclosure
        """);

    private async Task<TestDatabase> RestoreAsync(int version)
    {
        var database = await server.CreateEmptyDatabaseAsync($"schema_{Guid.NewGuid():N}");
        await database.RunAsync(await File.ReadAllTextAsync(Path.Combine(Folder, $"version-{version}.sql"), Cancellation));
        return database;
    }
}

using System.Security.Cryptography;
using Disclosure.Canonical;
using Disclosure.Ledger;
using Disclosure.Reports;
using DisclosureApi.Ledger;
using DisclosureApi.Ledger.Verifying;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DisclosureApi.Tests.Ledger;

/// <summary>A ledger that is read in many pieces: what is changed anywhere in it is found where it is.</summary>
public sealed class LongLedgerTests(TestServer server)
{
    private const int Events = 5_000;
    private static readonly Provenance _someone = new("p_someone", "submitter", null, null, "request");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_anywhere_is_found_at_its_position_and_without_one_everything_holds()
    {
        var database = await server.CreateDatabaseAsync($"long_{Guid.NewGuid():N}");
        await using var serving = Database.Open(database.Serving);
        await AppendAsync(serving);
        await IntegrateAsync(serving);
        Assert.Equal(new LedgerFinding(Events, null, null), await VerifyAsync(serving));

        var random = new Random(20_260_102);
        foreach (var (change, isFirst) in new (string, bool)[]
            {
                ("update mt_events set data = jsonb_set(data, '{passed}', 'false') where seq_id = {0}", true),
                ("update mt_events set headers = headers || '{\"client\":\"another\"}' where seq_id = {0}", true),
                ("update mt_events set headers = null where seq_id = {0}", true),
                ("update mt_events set timestamp = 'infinity' where seq_id = {0}", true),
                ("update mt_events set causation_id = '' where seq_id = {0}", true),
                ("update mt_events set data = '[[[{\"a\":1}]]]' where seq_id = {0}", true),
                ("delete from mt_events where seq_id = {0}", true),
                ("delete from mt_events where seq_id >= {0}", true),
                ("update ledger_entries set commitments = set_byte(commitments, 32 * (({0} - 1) % 256)::integer, get_byte(commitments, 32 * (({0} - 1) % 256)::integer) # 1) where first = ({0} - 1) / 256 * 256", true),
                ("update ledger_roots set hash = set_byte(hash, 5, get_byte(hash, 5) # 4) where level = 1 and index = ({0} - 1) / 256 % 19", false),
                ("update ledger_checkpoints set root = set_byte(root, 31, get_byte(root, 31) # 128)", false),
            })
        {
            var position = random.Next(1, Events + 1);
            var found = await AfterAsync(database, serving, change.Replace("{0}", $"{position}", StringComparison.Ordinal));
            Assert.True(found.Fault is not null, change);
            Assert.Equal((change, isFirst ? position : (long?)null), (change, found.Position));
        }
        Assert.Null((await VerifyAsync(serving)).Fault);
    }

    /// <summary>Events of very different lengths, some longer than what is read at once.</summary>
    private static async Task AppendAsync(NpgsqlDataSource serving)
    {
        await using var store = new EventStore(serving, TimeProvider.System);
        for (var (version, number) = (0, 0); version < Events; number++)
        {
            var events = Enumerable.Range(0, 500).Select(i => (object)new ReportEvent.SecrecyReviewed(
                $"{i}", true, new CommittedText(new string('保', (number, i) == (3, 7) ? 900_000 : i * 11 % 700), CommittedText.NewSalt()))).ToList();
            Assert.IsType<AppendResult.Stored>(await store.AppendAsync(new Append("report/long", "report", version, events, _someone, null, _ => []), Cancellation));
            version += events.Count;
        }
    }

    private static async Task IntegrateAsync(NpgsqlDataSource serving)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = NoteKey.Of(pair);
        // What a host remembers of a database that was put back to before it is not believed.
        var recent = new RecentEvents();
        recent.Add([new PendingAppend(new Append("report/lost", "report", 0, [new ReportEvent.DraftDiscarded()], _someone, null, _ => [])).After(0, DateTimeOffset.UnixEpoch)]);
        var integration = new Integration(serving, key, "long.example/ledger", recent);
        while (await integration.AdvanceAsync(Cancellation) is not null)
        {
            // It takes in a part at a time.
        }
    }

    private static async Task<LedgerFinding> VerifyAsync(NpgsqlDataSource serving)
    {
        using var witness = new Witness(Settings.Read([]), NullLogger<Witness>.Instance);
        return await new LedgerVerification(serving, witness).RunAsync(Cancellation);
    }

    /// <summary>What is found after the superuser was at it; everything is put back then.</summary>
    private static async Task<LedgerFinding> AfterAsync(TestDatabase database, NpgsqlDataSource serving, string sql)
    {
        await using var superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Superuser) { Pooling = false });
        var tables = new[] { "mt_events", "ledger_entries", "ledger_roots", "ledger_checkpoints" };
        await RunAsync(superuser, string.Concat(tables.Select(table => $"create table kept_{table} as table {table};")) + sql);
        try
        {
            return await VerifyAsync(serving);
        }
        finally
        {
            await RunAsync(superuser, "set session_replication_role = replica;" + string.Concat(tables.Select(table =>
                $"delete from {table}; insert into {table} select * from kept_{table}; drop table kept_{table};")));
        }
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}

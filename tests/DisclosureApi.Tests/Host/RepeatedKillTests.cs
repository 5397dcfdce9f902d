using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Store.Local;
using DisclosureApi.Tests.Store;
using Npgsql;

namespace DisclosureApi.Tests.Host;

/// <summary>Kills at any moment, of the host and of PostgreSQL in turn, while clients ask again under their keys until they are answered.</summary>
public sealed class RepeatedKillTests
{
    private const int Clients = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task After_many_kills_each_key_had_its_effect_once_and_nothing_acknowledged_is_lost()
    {
        using var directory = new TemporaryDataDirectory();
        var acknowledged = new ConcurrentBag<string>();
        using var stopping = new CancellationTokenSource();
        var host = await HostProcess.ServeAsync(directory.Path);
        try
        {
            var hashes = await PrepareAsync(host, directory);
            var (current, killed) = (host, (HostProcess?)null);
            // The port of a host that was killed may be another's before the next one is there.
            bool IsGone(HostProcess asked) => asked != current || asked == killed;
            var clients = Enumerable.Range(0, Clients).Select(i => Task.Run(() => AskOnAsync(() => current, IsGone, directory, 2019 + i, hashes[i], acknowledged, stopping.Token))).ToList();
            for (var kill = 0; kill < Scale.Kills; kill++)
            {
                var before = acknowledged.Count;
                await host.UntilAsync(() => acknowledged.Count > before + Random.Shared.Next(1, 40));
                killed = host;
                await HostProcess.SignalAsync("KILL", kill % 2 == 0 ? host.Number : Postmaster.Of(directory.Cluster)!.Number);
                await host.ExitAsync();
                host.Dispose();
                host = current = await HostProcess.ServeAsync(directory.Path);
            }
            await stopping.CancelAsync();
            await Task.WhenAll(clients);
            await host.SignalAsync("TERM");
            Assert.Equal(0, await host.ExitAsync());
        }
        finally
        {
            host.Dispose();
        }
        await AssertWholeAsync(directory, acknowledged);
    }

    /// <summary>One review after another, each under a key of its own that is also its note; a broken answer is asked for again.</summary>
    private static async Task AskOnAsync(
        Func<HostProcess> host, Func<HostProcess, bool> isGone, TemporaryDataDirectory directory, int year, string hash, ConcurrentBag<string> acknowledged, CancellationToken stopping)
    {
        var token = HostProcess.Token(directory.Path, Role.SecrecyReviewer, Samples.Agency);
        for (var i = 0; !stopping.IsCancellationRequested; i++)
        {
            var key = $"{year}-{i}";
            var body = new JsonObject { ["contentHash"] = hash, ["passed"] = true, ["note"] = key }.ToJsonString();
            var asked = System.Diagnostics.Stopwatch.StartNew();
            while (!await IsAnsweredAsync(host(), isGone, token, $"{Report(year)}/secrecy-review", body, key))
            {
                Assert.True(asked.Elapsed < Patience, "Nobody answers any more.");
                await Task.Delay(20, CancellationToken.None);
            }
            acknowledged.Add(key);
        }
    }

    private static async Task<bool> IsAnsweredAsync(HostProcess host, Func<HostProcess, bool> isGone, string token, string path, string body, string key)
    {
        try
        {
            var answer = await host.As(token).PostAsync(path, Bodies.Json(body), ("Idempotency-Key", $"\"{key}\""));
            // A stranger at its port knows nobody here.
            return answer.Status == 201 || (answer.Status == 503 || (answer.Status == 401 && isGone(host)) ? false : throw new InvalidOperationException($"{answer.Header("WWW-Authenticate")} {answer.Text}"));
        }
        catch (HttpRequestException)
        {
            // The host is gone; the one that follows is asked.
            return false;
        }
    }

    private static async Task AssertWholeAsync(TemporaryDataDirectory directory, ConcurrentBag<string> acknowledged)
    {
        await using var postgres = await directory.StartAsync();
        await using var owner = NpgsqlDataSource.Create(postgres.OwnerConnectionString);
        var effects = (await ColumnAsync(owner, "select data -> 'note' ->> 'text' from mt_events where type = 'secrecy_reviewed'")).ToList();
        Assert.Equal(effects.Count, effects.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(acknowledged.Except(effects, StringComparer.Ordinal));
        Assert.Equal(["0"], await ColumnAsync(owner, "select (max(seq_id) - count(*))::text from mt_events"));
        Assert.Equal(["0"], await ColumnAsync(owner,
            "select count(*)::text from mt_streams s join reports r on s.id = 'report/' || r.agency || '/' || r.year where s.version <> r.version"));
    }

    private static async Task<IReadOnlyList<string>> ColumnAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }
        return values;
    }

    private static string Report(int year) => $"/v1/agencies/{Samples.Agency}/reports/{year}";

    /// <summary>Drafts to review, and the hashes that reviews name.</summary>
    private static async Task<List<string>> PrepareAsync(HostProcess host, TemporaryDataDirectory directory)
    {
        var registrar = host.As(HostProcess.Token(directory.Path, Role.Registrar));
        (await registrar.PutAsync($"/v1/agencies/{Samples.Agency}", Bodies.Agency(Samples.Agency), Headers.Create)).Expect(201);
        var submitter = host.As(HostProcess.Token(directory.Path, Role.Submitter, Samples.Agency));
        var hashes = new List<string>();
        for (var i = 0; i < Clients; i++)
        {
            var draft = (await submitter.PutAsync($"{Report(2019 + i)}/draft", Bodies.Filing(Samples.Whole(), 2019 + i), Headers.Create)).Expect(201);
            hashes.Add(draft.Json["contentHash"]!.GetValue<string>());
        }
        return hashes;
    }
}

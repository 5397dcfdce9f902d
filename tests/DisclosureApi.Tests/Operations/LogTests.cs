using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Host;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Operations;

/// <summary>What stands in the log when things go wrong, and what must never stand there.</summary>
public sealed class LogTests(TestServer server)
{
    private const string Secret = "绝密段落甲乙丙丁";

    [Fact]
    public async Task A_fault_is_one_JSON_line_with_the_id_the_client_was_told_and_holds_neither_texts_nor_tokens_nor_passwords()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"log_{Guid.NewGuid():N}");
        using var host = await ServeAsync(directory, database, "--Logging:LogLevel:Default=Debug", "--Logging:LogLevel:DisclosureApi.Requests=Information");
        var registrar = host.As(HostProcess.Token(directory.Path, Role.Registrar));
        var submitter = host.As(HostProcess.Token(directory.Path, Role.Submitter, Samples.Agency));
        (await registrar.PutAsync($"/v1/agencies/{Samples.Agency}", Bodies.Agency(Samples.Agency), Headers.Create)).Expect(201);
        await database.RunAsync("alter table work rename to work_away");

        var filing = Bodies.Written(Samples.Filing(2023));
        filing["content"]!["sections"]!["overview"] = Secret;
        var refused = await submitter.PutAsync($"/v1/agencies/{Samples.Agency}/reports/2023/draft", Bodies.Json(filing.ToJsonString()), Headers.Create);

        refused.ExpectProblem(500, "internal-error");
        var told = refused.Json["request"]!.ToString();
        await host.UntilAsync(() => Lines(host).Any(line => line["LogLevel"]!.ToString() == "Error" && Scope(line, "RequestId") == told));
        var fault = Lines(host).First(line => line["LogLevel"]!.ToString() == "Error" && Scope(line, "RequestId") == told);
        Assert.Equal("/v1/agencies/{code}/reports/{year:int}/draft", Scope(fault, "Route"));
        await host.UntilAsync(() => Lines(host).Any(line => line["Category"]!.ToString() == "DisclosureApi.Requests" && line["State"]?["RequestId"]?.ToString() == told && line["State"]!["Status"]!.ToString() == "500"));
        var all = string.Concat(Lines(host).Select(line => line.ToString())) + host.Errors;
        foreach (var secret in (string[])[Secret, submitter.Token!.Split('.')[2], registrar.Token!.Split('.')[2], Password(database.Serving)])
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_can_write_a_line_of_his_own_into_the_log()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"log_{Guid.NewGuid():N}");
        using var host = await ServeAsync(directory, database, "--Logging:LogLevel:Default=Debug", "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Information", "--Logging:LogLevel:DisclosureApi.Requests=Information");
        const string Forged = "forged-line";
        var lines = "%0d%0a%7b%22LogLevel%22:%22Critical%22,%22Message%22:%22" + Forged + "%22%7d%0a%1b%5b31m%e2%80%ae";

        await host.As(null).GetAsync($"/v1/agencies/{lines}?q={lines}");
        await host.As($"x\t{Forged}").GetAsync("/v1/work", ("X-Request-Id", $"a\t{Forged}"), ("traceparent", Forged));

        await host.UntilAsync(() => host.Output.Contains("/v1/work", StringComparison.Ordinal) && host.Output.Contains(Forged, StringComparison.Ordinal));
        Assert.All(LogLines(host), line => Assert.Equal(line, new string([.. line.Where(c => c is >= ' ' and <= '~')])));
        Assert.DoesNotContain(Lines(host), line => line["LogLevel"]!.ToString() == "Critical");
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task A_database_that_is_away_is_a_line_without_a_stack_for_each_request_that_had_to_wait()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"log_{Guid.NewGuid():N}");
        using var host = await ServeAsync(directory, database);
        await (database with { Owner = database.Superuser }).RunAsync(
            """
            do $$ begin execute format('alter database %I connection limit 0', current_database()); end $$;
            select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            """);

        await host.UntilAsync(async () => (await host.As(null).GetAsync("/v1/agencies?limit=1")).Status == 503);
        var refused = await host.As(null).GetAsync("/v1/agencies?limit=1");

        refused.ExpectProblem(503, "unavailable");
        Assert.Equal("nosniff", refused.Header("X-Content-Type-Options"));
        await host.UntilAsync(() => Lines(host).Any(line => line["Category"]!.ToString() == "DisclosureApi.Http.Faults"));
        var told = Lines(host).First(line => line["Category"]!.ToString() == "DisclosureApi.Http.Faults");
        Assert.Equal(("Warning", "/v1/agencies"), (told["LogLevel"]!.ToString(), Scope(told, "Route")));
        Assert.Null(told["Exception"]);
        Assert.DoesNotContain(Lines(host), line => line["LogLevel"]!.ToString() == "Error");
    }

    [Fact]
    public async Task A_batch_that_was_answered_leaves_no_error()
    {
        using var directory = new TemporaryDataDirectory();
        using var host = await ServeAsync(directory, await server.CreateDatabaseAsync($"log_{Guid.NewGuid():N}"));

        foreach (var lines in (int[])[1, 202])
        {
            var batch = string.Join('\n', Enumerable.Repeat("""{"key":"one","mediaType":"text/plain","text":"无"}""", lines));
            (await host.As(null).PostAsync("/v1/conversions/batch", new StringContent(batch, System.Text.Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-ndjson")))).Expect(200);
        }
        await host.SignalAsync("TERM");

        Assert.Equal(0, await host.ExitAsync());
        Assert.Empty(Lines(host));
    }

    [Fact]
    public async Task A_start_that_fails_does_not_tell_passwords()
    {
        using var directory = new TemporaryDataDirectory();
        foreach (var connection in (string[])["Host=127.0.0.1;Port=1;Username=x;Password=hunter2secret;Database=d", "Hots=127.0.0.1;Password=hunter2secret", "Password=hunter2secret;nonsense"])
        {
            using var host = HostProcess.Run([.. HostProcess.Arguments(directory.Path), $"--ConnectionStrings:Disclosure={connection}"]);
            Assert.Equal(1, await host.ExitAsync());
            Assert.DoesNotContain("hunter2secret", host.Output + host.Errors, StringComparison.Ordinal);
        }
    }

    private static Task<HostProcess> ServeAsync(TemporaryDataDirectory directory, TestDatabase database, params string[] more) =>
        HostProcess.ServeAsync(directory.Path, [$"--ConnectionStrings:Disclosure={database.Serving}", .. more]);

    private static string Password(string connection) => new Npgsql.NpgsqlConnectionStringBuilder(connection).Password!;

    private static IEnumerable<string> LogLines(HostProcess host) => host.Output.Split('\n').SkipWhile(line => !line.StartsWith('{')).Where(line => line.StartsWith('{'));

    private static IEnumerable<JsonNode> Lines(HostProcess host) => LogLines(host).Select(line => JsonNode.Parse(line)!);

    private static string? Scope(JsonNode line, string name) =>
        (line["Scopes"] as JsonArray)?.OfType<JsonObject>().Select(scope => scope[name]?.ToString()).FirstOrDefault(value => value is not null);
}

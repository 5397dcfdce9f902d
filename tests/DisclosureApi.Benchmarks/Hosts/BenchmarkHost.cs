using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Reports.Rechecks;
using Npgsql;

namespace DisclosureApi.Benchmarks.Hosts;

/// <summary>The product itself in a process of its own, on a fresh database, with the people who use it.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    public const int Year = 2023;
    private readonly string _directory;
    private readonly EmbeddedIssuer _issuer;

    private BenchmarkHost(string directory, BenchmarkDatabase database, ServerProcess process)
    {
        (_directory, Database, Process) = (directory, database, process);
        _issuer = EmbeddedIssuer.Open(directory);
    }

    public ServerProcess Process { get; }

    public BenchmarkDatabase Database { get; }

    /// <param name="fill">Puts into the database what the host is to find there.</param>
    public static async Task<BenchmarkHost> StartAsync(BenchmarkServer server, string name, Func<BenchmarkDatabase, Task>? fill = null)
    {
        var database = await server.CreateDatabaseAsync(name);
        await (fill?.Invoke(database) ?? Task.CompletedTask);
        var directory = Path.Combine(Path.GetTempPath(), $"disclosure-benchmarks-{name}-{Environment.ProcessId}");
        var process = await ServerProcess.StartAsync(
            "DisclosureApi.dll",
            ["--urls=http://127.0.0.1:0", $"--LocalPostgres:DataDirectory={directory}", "--RateLimits:Address=2000000000", "--RateLimits:Client=2000000000", "--RateLimits:Agency=2000000000"],
            ("ConnectionStrings__Disclosure", database.Serving), ("ConnectionStrings__DisclosureOwner", database.Owner));
        return new BenchmarkHost(directory, database, process);
    }

    /// <summary>Someone with a token of this role, or without one, on connections of their own that stay open.</summary>
    public HttpClient As(Role? role, params string[] agencies)
    {
        var http = new HttpClient { BaseAddress = Process.Url };
        if (role is not null)
        {
            var token = _issuer.Token(role, agencies, role.Name, "benchmarks", "disclosure-api", TimeProvider.System.GetUtcNow());
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        return http;
    }

    /// <summary>Waits until the ledger has taken in so many events, so that it does not work while others are measured.</summary>
    public Task LedgerAsync(long events) => UntilAsync("select coalesce(sum(length(commitments)) / 32, 0)::bigint from ledger_entries", events);

    /// <summary>Until the host has looked through all that was copied in for reports to be checked again, once.</summary>
    public Task RechecksAsync(long events) => UntilAsync(
        $"select coalesce(max(last_seq_id), 0) + {RechecksAfterCorrections.NotedEvery} from mt_event_progression where name = 'rechecks'", events);

    private async Task UntilAsync(string reached, long events)
    {
        await using var database = NpgsqlDataSource.Create(Database.Owner);
        await using var command = database.CreateCommand(reached);
        while ((long)(await command.ExecuteScalarAsync())! < events)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Registers a made-up agency by its number.</summary>
    public async Task<string> RegisterAsync(int number)
    {
        var code = Samples.CodeOf(number);
        using var registrar = As(Role.Registrar);
        var agency = new
        {
            code,
            name = Samples.AgencyName,
            region = "990102",
            level = "county",
            kind = "department",
            supervisor = Samples.Office,
            validFrom = "2019-01-01",
        };
        await SendAsync(registrar, HttpMethod.Put, $"/v1/agencies/{code}", JsonSerializer.SerializeToUtf8Bytes(agency), ("If-None-Match", "*"));
        return code;
    }

    /// <summary>Publishes a report whose public body has about 10 KB, and returns its address.</summary>
    public async Task<string> PublishAsync(string code)
    {
        using var archivist = As(Role.Archivist, Samples.Office);
        var content = Samples.Whole().With("/sections/overview", string.Concat(Enumerable.Repeat("全年通过区政府网站公开信息126条，办理申请若干件。", 75)));
        using var filing = JsonDocument.Parse(Written(content));
        var body = JsonSerializer.SerializeToUtf8Bytes(new { filing = filing.RootElement, publishedOn = "2024-01-17", sourceUrl = "https://www.example.org/report" });
        var address = $"/v1/agencies/{code}/reports/{Year}";
        await SendAsync(archivist, HttpMethod.Post, $"{address}/archive", body, ("Idempotency-Key", $"\"{Guid.NewGuid()}\""));
        return address;
    }

    /// <summary>A filing with a few cells that a number tells apart from the one before.</summary>
    public static byte[] Filing(int number)
    {
        var content = Samples.Whole();
        foreach (var column in new[] { "made", "repealed", "inForce" })
        {
            content = content.With(new CellAddress("proactive", "governmentRules", column), number);
        }
        return Written(content);
    }

    /// <summary>Sends, demands success, and returns the answer's ETag.</summary>
    public static async Task<string> SendAsync(HttpClient http, HttpMethod method, string address, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified
            ? response.Headers.ETag?.ToString() ?? ""
            : throw new InvalidOperationException($"{method} {address}: {(int)response.StatusCode} {Encoding.UTF8.GetString(bytes)}");
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _issuer.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static byte[] Written(ReportContent content)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            FilingWriter.Write(writer, Samples.Filing(Year) with { Content = content });
        }
        return stream.ToArray();
    }
}

using System.Text.RegularExpressions;
using Disclosure.Tests;
using DisclosureApi.Store.Local;
using Npgsql;
using YamlDotNet.Serialization;

namespace DisclosureApi.Tests.Host;

/// <summary>What compose.yaml and the Dockerfile say, as far as it can be tried without an engine.</summary>
public sealed partial class DeploymentTests(TestServer server)
{
    [Fact]
    public void Both_services_tell_whether_they_are_well_and_the_api_waits_for_its_database()
    {
        var services = Map(Compose()["services"]);
        Assert.Equal(["postgres", "api"], services.Keys.Cast<string>());
        Assert.All(services.Values, service => Assert.NotEmpty((List<object>)Map(Map(service)["healthcheck"])["test"]));
        Assert.Equal("service_healthy", Map(Map(Map(services["api"])["depends_on"])["postgres"])["condition"]);
    }

    [Fact]
    public void Secrets_come_from_files_and_the_roles_are_two()
    {
        var compose = Compose();
        var secrets = Map(compose["secrets"]);
        var api = Map(Map(compose["services"])["api"]);
        var settings = Map(api["environment"]);
        var (serving, owner) = (Connection(settings["ConnectionStrings__Disclosure"]), Connection(settings["ConnectionStrings__DisclosureOwner"]));

        Assert.NotEqual(serving.Username, owner.Username);
        Assert.All(new[] { serving, owner }, connection => Assert.Null(connection.Password));
        Assert.Equal(
            ((List<object>)api["secrets"]).Select(secret => $"/run/secrets/{secret}").Order(StringComparer.Ordinal),
            new[] { serving.Passfile, owner.Passfile }.Order(StringComparer.Ordinal));
        Assert.All((List<object>)api["secrets"], secret => Assert.StartsWith("./secrets/", (string)Map(secrets[secret])["file"]));
        Assert.Contains("secrets/", File.ReadAllLines(Path.Combine(Repository.Root, ".gitignore")));
    }

    /// <summary>The roles that compose makes are enough for the schema and for serving.</summary>
    [Fact]
    public void The_roles_are_made_without_rights_that_they_do_not_need()
    {
        var script = (string)Map(Map(Compose()["configs"])["roles"])["content"];
        Assert.DoesNotMatch(SpecialRight(), script);
        Assert.Equal(2, CreatedRole().Count(script));
        Assert.Contains("create database disclosure owner disclosure_owner", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_Dockerfile_publishes_serves_with_passwords_from_files()
    {
        var dockerfile = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "DisclosureApi", "Dockerfile"), TestContext.Current.CancellationToken);
        Assert.Contains("USER $APP_UID", dockerfile, StringComparison.Ordinal);
        var publish = Publish().Match(dockerfile);
        Assert.True(publish.Success);
        var directory = Directory.CreateTempSubdirectory("disclosure-publish-").FullName;
        try
        {
            var app = Path.Combine(directory, "app");
            string[] command = [.. publish.Groups["command"].Value.Split(' '), app];
            // What is published is what was built for these tests; the image builds its own.
            var published = await Command.RunAsync(
                [command[0], command[1], Path.Combine(Repository.Root, command[2]), .. command[5..], "--no-build", "-c", Configuration()], TestContext.Current.CancellationToken);
            Assert.True(published.Succeeded, published.Said);

            var database = await server.CreateEmptyDatabaseAsync($"published_{Guid.NewGuid():N}");
            using var host = await HostProcess.ServeFromAsync(
                app, directory, Setting("Disclosure", database.Serving, directory), Setting("DisclosureOwner", database.Owner, directory));
            (await host.As(null).GetAsync("/v1/agencies")).Expect(200);
            await host.SignalAsync("TERM");
            Assert.Equal(0, await host.ExitAsync());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>A connection whose password stands in a file, as compose gives it.</summary>
    private static string Setting(string name, string connection, string directory)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        var file = Path.Combine(directory, $"{name}.pgpass");
        File.WriteAllText(file, $"*:*:*:{parts.Username}:{parts.Password}\n");
        (parts.Password, parts.Passfile) = (null, file);
        return $"--ConnectionStrings:{name}={parts.ConnectionString}";
    }

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static NpgsqlConnectionStringBuilder Connection(object text) => new((string)text);

    private static Dictionary<object, object> Compose() =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(Path.Combine(Repository.Root, "compose.yaml")));

    private static Dictionary<object, object> Map(object node) => (Dictionary<object, object>)node;

    [GeneratedRegex("RUN (?<command>dotnet publish .* -o) /app", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Publish();

    [GeneratedRegex("superuser|createrole|createdb|bypassrls", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SpecialRight();

    [GeneratedRegex("create role ", RegexOptions.None, 1000)]
    private static partial Regex CreatedRole();
}

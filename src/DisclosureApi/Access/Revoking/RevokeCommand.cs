using DisclosureApi.Store.Replicas;
using System.CommandLine;
using System.IdentityModel.Tokens.Jwt;
using DisclosureApi.Store.Rebuilding;
using Command = System.CommandLine.Command;

namespace DisclosureApi.Access.Revoking;

/// <summary><c>revoke</c>: ends tokens before they expire, while hosts run. What was revoked stays revoked, with its reason.</summary>
internal static class RevokeCommand
{
    private static readonly (string Option, string Kind, string Description)[] _kinds =
    [
        ("--token", "jti", "One token: its jti, or the token itself"),
        ("--subject", "sub", "All tokens of one person"),
        ("--client", "client_id", "All tokens of one application"),
        ("--key", "kid", "All tokens that one key has signed"),
    ];

    /// <param name="arguments">The whole command line, of which the configuration is read.</param>
    public static Command Create(string[] arguments)
    {
        var reason = new Option<string>("--reason") { Description = "Why; it stays with the revocation", Required = true };
        reason.RequireWords();
        var options = _kinds.Select(kind => new Option<string[]>(kind.Option) { Description = kind.Description }).ToList();
        var command = new Command("revoke", "Ends tokens before they expire; hosts go on and refuse them within two seconds") { reason };
        options.ForEach(command.Options.Add);
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellation) => RunAsync(
            arguments,
            [.. options.Zip(_kinds).SelectMany(option => (parsed.GetValue(option.First) ?? []).Select(value => (option.Second.Kind, Named(value))))],
            parsed.GetValue(reason)!, cancellation));
        return command;
    }

    /// <summary>Who holds a stolen token holds the whole of it; what it is revoked by stands inside.</summary>
    private static string Named(string value) =>
        new JwtSecurityTokenHandler() is var reader && reader.CanReadToken(value) && reader.ReadJwtToken(value).Id is { Length: > 0 } id ? id : value;

    private static async Task<int> RunAsync(string[] arguments, IReadOnlyList<(string Kind, string Value)> revoked, string reason, CancellationToken cancellation)
    {
        if (revoked.Count == 0)
        {
            await Console.Error.WriteLineAsync($"Nothing was revoked: name {string.Join(", ", _kinds.Select(kind => kind.Option))}.");
            return 1;
        }
        try
        {
            await using var access = await OwnerAccess.OpenAsync(Settings.Read(arguments), Console.WriteLine, cancellation);
            await using var database = ServerAddresses.Primary(access.Connection);
            foreach (var (kind, value) in revoked)
            {
                await using var command = database.CreateCommand("insert into revocations (kind, value, reason) values ($1, $2, $3) on conflict (kind, value) do nothing");
                command.Parameters.Add(new() { Value = kind });
                command.Parameters.Add(new() { Value = value });
                command.Parameters.Add(new() { Value = reason });
                await command.ExecuteNonQueryAsync(cancellation);
            }
            Console.WriteLine("Revoked; every host refuses it within two seconds.");
            return 0;
        }
        catch (Exception fault) when (ApiHost.IsTold(fault))
        {
            await Console.Error.WriteLineAsync($"Nothing was revoked: {fault.Message}");
            return 1;
        }
    }
}

using System.CommandLine;
using Disclosure.Agencies;

namespace DisclosureApi.Access;

/// <summary><c>token --role ROLE [--agency CODE]… [--subject NAME] [--client NAME]</c>: prints a token of the embedded issuer and nothing else.</summary>
public static class TokenCommand
{
    /// <param name="arguments">The whole command line, of which the configuration is read.</param>
    public static Command Create(string[] arguments)
    {
        var role = new Option<string>("--role") { Required = true, Description = "What the bearer may do" };
        role.AcceptOnlyFromAmong([.. Role.All.Select(known => known.Name)]);
        var agencies = new Option<string[]>("--agency") { Description = "Unified social credit code of an agency, or of the office that supervises; repeatable", DefaultValueFactory = _ => [] };
        agencies.Validators.Add(result =>
        {
            foreach (var code in result.GetValueOrDefault<string[]>().Where(code => !UnifiedCode.IsValid(code)))
            {
                result.AddError($"{code} is no unified social credit code: 18 characters with a right check character (GB 32100-2015).");
            }
        });
        var subject = new Option<string>("--subject") { Description = "The person; the role's name when left out" };
        var client = new Option<string>("--client") { Description = "The application", DefaultValueFactory = _ => "command-line" };
        var command = new Command("token", "Prints an access token of the embedded issuer")
        {
            TreatUnmatchedTokensAsErrors = false,
            Options = { role, agencies, subject, client },
        };
        command.SetAction(parsed =>
        {
            var granted = Role.All.Single(known => known.Name == parsed.GetRequiredValue(role));
            return Print(arguments, (issuer, audience) => issuer.Token(
                granted,
                parsed.GetRequiredValue(agencies),
                parsed.GetValue(subject) ?? granted.Name,
                parsed.GetRequiredValue(client),
                audience,
                TimeProvider.System.GetUtcNow()));
        });
        return command;
    }

    private static int Print(string[] arguments, Func<EmbeddedIssuer, string, string> token)
    {
        try
        {
            var settings = Settings.Read(arguments);
            if (settings.Authority is { } authority)
            {
                throw new InvalidOperationException($"Access:Authority is set, so hosts believe the tokens of {authority} and none of the embedded issuer's. Get one there.");
            }
            using var issuer = EmbeddedIssuer.Open(settings.DataDirectory);
            Console.WriteLine(token(issuer, settings.Audience));
            return 0;
        }
        catch (Exception fault) when (ApiHost.IsTold(fault))
        {
            Console.Error.WriteLine($"There is no token: {fault.Message}");
            return 1;
        }
    }
}

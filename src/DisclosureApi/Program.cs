using System.CommandLine;
using DisclosureApi;
using DisclosureApi.Access;
using DisclosureApi.Access.Revoking;
using DisclosureApi.Ledger;
using DisclosureApi.Ledger.Verifying;
using DisclosureApi.Operations.Checks;

var program = new RootCommand("DisclosureApi: annual reports on open government information")
{
    // What follows and is no command is configuration: --urls http://127.0.0.1:5000 --LocalPostgres:DataDirectory=/srv/disclosure
    TreatUnmatchedTokensAsErrors = false,
    Subcommands = { TokenCommand.Create(args), RebuildCommand.Create(args), VerifyCommand.Create(), EpochCommand.Create(args), RevokeCommand.Create(args), GenerateCommand.Create(args), CheckCommand.Create(args) },
};
program.SetAction((_, _) => ApiHost.ServeAsync(args));

// Signals are the host's own business: it stops serving first and its PostgreSQL after.
return await program.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

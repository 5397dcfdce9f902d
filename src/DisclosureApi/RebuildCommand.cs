using System.Runtime.InteropServices;
using DisclosureApi.Reports;
using DisclosureApi.Reports.ErrorReports;
using DisclosureApi.Store.Rebuilding;
using Command = System.CommandLine.Command;

namespace DisclosureApi;

/// <summary><c>rebuild</c>: makes the read models anew from the events, while hosts go on serving from the same database.</summary>
internal static class RebuildCommand
{
    /// <param name="arguments">The whole command line, of which the configuration is read.</param>
    public static Command Create(string[] arguments)
    {
        var command = new Command("rebuild", "Makes the read models anew from the events; running hosts go on serving and storing")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((_, _) => RunAsync(arguments));
        return command;
    }

    /// <summary>The read models beside the register.</summary>
    internal static IReadOnlyList<ReadModel> Models { get; } = [ReportProjection.Model, ErrorReportProjection.Model];

    private static async Task<int> RunAsync(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            await RebuildAsync(Settings.Read(arguments), stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("The rebuild was stopped; the read models are as they were.");
        }
        catch (Exception fault) when (ApiHost.IsTold(fault))
        {
            await Console.Error.WriteLineAsync($"The rebuild failed and the read models are as they were: {fault.Message}");
        }
        return 1;

        // The process goes on until the transaction is rolled back and a PostgreSQL of its own is shut down.
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task RebuildAsync(Settings settings, CancellationToken cancellation)
    {
        await using var access = await OwnerAccess.OpenAsync(settings, Console.WriteLine, cancellation);
        var done = await new Rebuild(access.Connection, Models, TimeProvider.System, Console.WriteLine).RunAsync(cancellation);
        Console.WriteLine($"The read models were made anew from {done.Events:N0} events, as of position {done.Position:N0}, in {done.Took.TotalSeconds:N1} s.");
        Console.WriteLine($"Hosts served throughout; appends waited {done.Standstill.TotalMilliseconds:N0} ms while the tables changed places.");
    }
}

namespace DisclosureApi;

/// <summary>What a newcomer reads after the start: where things are, and the next step.</summary>
internal static class Welcome
{
    public static void Tell(RunningApi running)
    {
        var url = running.Urls.First();
        Console.WriteLine($"DisclosureApi serves {url}/v1");
        Console.WriteLine($"  documentation  {url}/docs");
        Console.WriteLine($"  contract       {url}/openapi/v1.json");
        if (running.HasOwnPostgres)
        {
            Console.WriteLine($"  database       embedded PostgreSQL in {running.Settings.DataDirectory}");
        }
        Console.WriteLine();
        Console.WriteLine("Read a report you have at hand (nothing is stored):");
        Console.WriteLine($"  curl -H 'Content-Type: text/plain; charset=utf-8' --data-binary @report.txt {url}/v1/conversions");
        if (running.Settings.Authority is null)
        {
            Console.WriteLine("Then get a token and register an agency; README.md takes you from there to a published report:");
            Console.WriteLine("  dotnet run --project src/DisclosureApi -- token --role registrar");
        }
        Console.WriteLine("Ctrl+C ends the host and its database in order.");
    }
}

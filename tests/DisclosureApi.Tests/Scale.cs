using System.Globalization;

namespace DisclosureApi.Tests;

/// <summary>How much of a long trial is run: a little in every run, all of it where the environment asks for it.</summary>
internal static class Scale
{
    /// <summary>Kills of the host and of PostgreSQL in turn (DISCLOSURE_KILLS).</summary>
    public static int Kills => Of("DISCLOSURE_KILLS", 4);

    /// <summary>Events that 64 writers store through two hosts (DISCLOSURE_EVENTS).</summary>
    public static int Events => Of("DISCLOSURE_EVENTS", 4_000);

    /// <summary>Receipts that 64 writers at once are given for their steps (DISCLOSURE_RECEIPTS).</summary>
    public static int Receipts => Of("DISCLOSURE_RECEIPTS", 300);

    /// <summary>Made-up reports that are written and read back (DISCLOSURE_ROUND_TRIPS).</summary>
    public static int RoundTrips => Of("DISCLOSURE_ROUND_TRIPS", 300);

    /// <summary>Writes that go on while a reader goes through the list of reports (DISCLOSURE_WRITES).</summary>
    public static int Writes => Of("DISCLOSURE_WRITES", 100);

    /// <summary>Races between who edits and who approves (DISCLOSURE_RACES).</summary>
    public static int Races => Of("DISCLOSURE_RACES", 20);

    /// <summary>Generated requests for each operation of the contract (DISCLOSURE_CASES).</summary>
    public static int Cases => Of("DISCLOSURE_CASES", 100);

    /// <summary>Spoilt requests for each operation of the contract (DISCLOSURE_FUZZ).</summary>
    public static int Fuzz => Of("DISCLOSURE_FUZZ", 500);

    /// <summary>When a run of spoilt requests ends at the latest (DISCLOSURE_FUZZ_MINUTES).</summary>
    public static int FuzzMinutes => Of("DISCLOSURE_FUZZ_MINUTES", 8);

    /// <summary>Random histories whose figures are worked out a second time (DISCLOSURE_HISTORIES).</summary>
    public static int Histories => Of("DISCLOSURE_HISTORIES", 6);

    /// <summary>How long mixed traffic goes on while faults happen (DISCLOSURE_CHAOS_MINUTES); each fault happens once where nothing is said.</summary>
    public static TimeSpan Chaos => Of("DISCLOSURE_CHAOS_MINUTES", 0) is > 0 and var minutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero;

    /// <summary>How long it is waited for what must happen: a long run may have to share its machine.</summary>
    public static TimeSpan Patience => Chaos > TimeSpan.Zero ? TimeSpan.FromMinutes(20) : TimeSpan.FromSeconds(90);

    /// <summary>Which requests and reports are generated (DISCLOSURE_SEED).</summary>
    public static int Seed => Of("DISCLOSURE_SEED", 20230117);

    private static int Of(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}

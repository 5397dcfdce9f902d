using System.Text.RegularExpressions;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>
/// The bodies whose drafts a statement may see. PostgreSQL holds to it by itself, whatever the statement asks for: those of
/// these bodies and of those they supervise.
/// </summary>
public sealed partial record Sight
{
    private readonly string _agencies;

    public Sight(IEnumerable<string> agencies) => _agencies = string.Join(',', agencies.Where(code => Code().IsMatch(code)));

    /// <summary>What anyone may see: no draft.</summary>
    public static Sight None { get; } = new([]);

    /// <summary>Goes first in a batch, and holds for what is sent with it, which is one transaction.</summary>
    public NpgsqlBatchCommand Open() => EventStore.Command("select set_config('disclosure.agencies', $1, true)", _agencies);

    // What is no code names no body, and must not be read as two.
    [GeneratedRegex("^[0-9A-Za-z]{1,18}$", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}

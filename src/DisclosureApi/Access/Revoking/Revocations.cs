using System.Collections.Frozen;
using System.IdentityModel.Tokens.Jwt;
using Npgsql;

namespace DisclosureApi.Access.Revoking;

/// <summary>
/// Which tokens are believed no more. Asked for every second, so that what an operator revokes is refused on every host within
/// two; while the database cannot be asked, what was known last holds, and before anything is known no token is believed.
/// </summary>
public sealed class Revocations(NpgsqlDataSource database, TimeProvider clock, ILogger<Revocations> log) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    /// <summary>So long a host that has just started keeps somebody waiting.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile FrozenSet<(string Kind, string Value)> _revoked = [];

    /// <summary>Whether this token, its person, its application or its key was revoked.</summary>
    /// <exception cref="OperationCanceledException">The caller left before anything was known.</exception>
    /// <exception cref="TimeoutException">Nothing is known yet.</exception>
    public async ValueTask<bool> HoldAsync(JwtSecurityToken token, CancellationToken cancellation)
    {
        await _known.Task.WaitAsync(_patience, clock, cancellation);
        return _revoked.Count > 0 && (Holds("jti", token.Id) || Holds("sub", token.Subject) || Holds("kid", token.Header.Kid)
            || token.Claims.Any(claim => claim.Type == "client_id" && Holds("client_id", claim.Value)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _revoked = await ReadAsync(stoppingToken);
                _known.TrySetResult();
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException && !stoppingToken.IsCancellationRequested)
            {
                log.LogDebug(fault, "Revocations could not be asked for; those known last hold.");
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(_interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool Holds(string kind, string? value) => value is not null && _revoked.Contains((kind, value));

    private async Task<FrozenSet<(string Kind, string Value)>> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select kind, value from revocations");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var revoked = new List<(string, string)>();
        while (await reader.ReadAsync(cancellation))
        {
            revoked.Add((reader.GetString(0), reader.GetString(1)));
        }
        return revoked.ToFrozenSet();
    }
}

using System.Text;
using Disclosure.Ledger;

namespace DisclosureApi.Ledger;

/// <summary>
/// A place outside the database where the newest checkpoint is kept as well: a file or an address that takes PUT and GET. A
/// database that was set back to an earlier state is found out by it.
/// </summary>
public sealed class Witness(Settings settings, ILogger<Witness> log) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string? _place = settings.Witness;
    // The place is the operator's word; no answer from there may send this host elsewhere.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience, MaxResponseContentBufferSize = 64 * 1024 };

    private Uri? Address => Uri.TryCreate(_place, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    /// <summary>What is kept there; null where nothing is yet, or no place is set.</summary>
    /// <exception cref="InvalidOperationException">The place cannot be read, or holds something else.</exception>
    public async Task<Checkpoint?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var text = Address is { } address ? await GetAsync(address, cancellation)
                : _place is not null && File.Exists(_place) ? await File.ReadAllTextAsync(_place, cancellation) : null;
            return text is null ? null : SignedNote.Parse(text) is { } note && Checkpoint.Parse(note.Text) is { } checkpoint ? checkpoint
                : throw new InvalidOperationException($"Ledger:Witness, {_place}, holds no checkpoint. Put the right file back; do not start without it unless you know why it changed.");
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or UnauthorizedAccessException or TaskCanceledException)
        {
            throw new InvalidOperationException($"Ledger:Witness, {_place}, cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Puts the newest checkpoint there. What fails is told and made good by the next one.</summary>
    public async Task WriteAsync(string note, CancellationToken cancellation)
    {
        try
        {
            if (Address is { } address)
            {
                using var content = new StringContent(note, Encoding.UTF8, "text/plain");
                using var answer = await _http.PutAsync(address, content, cancellation);
                answer.EnsureSuccessStatusCode();
            }
            else if (_place is not null)
            {
                var temporary = $"{_place}.{Environment.ProcessId}";
                await File.WriteAllTextAsync(temporary, note, cancellation);
                File.Move(temporary, _place, overwrite: true);
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or UnauthorizedAccessException or TaskCanceledException)
        {
            log.LogWarning(fault, "The newest checkpoint could not be written to {Place}; the next one will be tried.", _place);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> GetAsync(Uri address, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(address, cancellation);
        return answer.StatusCode == System.Net.HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation);
    }
}

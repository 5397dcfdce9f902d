using System.Globalization;
using DisclosureApi.Webhooks;
using Npgsql;

namespace DisclosureApi.Operations.Checks;

/// <summary>Whether this host can sign for those who subscribed.</summary>
internal static class WebhookChecks
{
    public static async Task<Checked> KeyAsync(Settings settings, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var (place, key) = (WebhookSecrets.PlaceOf(settings), "");
        if (File.Exists(place))
        {
            try
            {
                key = new WebhookSecrets(settings).KeyId;
            }
            catch (Exception wrong) when (wrong is InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                return Checked.Fault("webhooks", $"{place} cannot be read as a private key (PEM, P-256). Put the right file back, or give this account the right to read it.");
            }
        }
        await using var command = database.CreateCommand("select count(*), count(*) filter (where signing_key <> $1) from webhooks");
        command.Parameters.Add(new() { Value = key });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (all, others) = (reader.GetInt64(0), reader.GetInt64(1));
        return others > 0
            ? Checked.Warn("webhooks", string.Create(CultureInfo.InvariantCulture, $"the secrets of {others} subscriptions come of another key than that in {place}, and no host with it delivers to them. Set Webhooks:KeyFile to the file they were made with, or have their owners ask for new secrets."))
            : Checked.Ok("webhooks", string.Create(CultureInfo.InvariantCulture, $"{all} subscriptions can be delivered to with the key in {place}."));
    }
}

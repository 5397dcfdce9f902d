using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DisclosureApi.Store;
using DisclosureApi.Store.Local;

namespace DisclosureApi.Webhooks;

/// <summary>
/// The secrets that deliveries are signed with. None is kept: each is made from a key in a file, which hosts of one database
/// share, and from the subscription's id. A dump of the database holds nothing to sign with.
/// </summary>
internal sealed class WebhookSecrets
{
    private const string FileName = "webhooks.key";
    private const int Bytes = 32;
    private readonly byte[] _key;

    public WebhookSecrets(Settings settings)
    {
        if (settings.Webhooks.KeyFile is null)
        {
            DataDirectory.Create(settings.DataDirectory);
        }
        using var file = KeyFile.Open(PlaceOf(settings), "the key that webhooks' secrets are made from");
        _key = HKDF.Extract(HashAlgorithmName.SHA256, file.ExportParameters(includePrivateParameters: true).D!, salt: "disclosure-api webhooks"u8.ToArray());
        KeyId = Convert.ToHexStringLower(Made("name"))[..16];
    }

    /// <summary>The file that holds the key.</summary>
    public static string PlaceOf(Settings settings) => settings.Webhooks.KeyFile ?? Path.Combine(settings.DataDirectory, FileName);

    /// <summary>Tells which key this is, and nothing of it. A host signs only for subscriptions whose secrets it can make.</summary>
    public string KeyId { get; }

    /// <summary>The secret as its receiver is given it (Standard Webhooks).</summary>
    public string TextOf(Guid webhook, int generation) => $"whsec_{Convert.ToBase64String(Of(webhook, generation))}";

    /// <summary>The header webhook-signature: a signature by the secret of each of these generations.</summary>
    public string SignatureOf(Guid webhook, IEnumerable<int> generations, string id, long timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', generations.Select(generation => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Of(webhook, generation), signed))}"));
    }

    private byte[] Of(Guid webhook, int generation) => Made(string.Create(CultureInfo.InvariantCulture, $"secret {webhook:N} {generation}"));

    private byte[] Made(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, _key, Bytes, Encoding.ASCII.GetBytes(purpose));
}

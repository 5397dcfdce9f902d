using System.Text.Json;

namespace DisclosureApi.Bulk;

/// <summary>Under what terms the files may be used. Only who runs the service can grant any, so where nothing was set that is what readers are told.</summary>
/// <param name="stated">A sentence or an address; null when the operator says nothing.</param>
internal sealed class Licence(string? stated)
{
    /// <summary>What stands where the operator has said nothing.</summary>
    public const string Unstated = "本服务的运营者未声明数据许可。 The operator of this service has stated no licence for the data.";

    public string Rights => stated ?? Unstated;

    /// <summary>A licence that has an address is referred to (dct:license); a sentence is told (dct:rights).</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (Uri.TryCreate(stated, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            writer.WriteStartObject("dct:license");
            writer.WriteString("@id", stated);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("dct:rights", Rights);
        }
    }
}

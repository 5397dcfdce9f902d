using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureApi.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DisclosureApi.Contract;

/// <summary>The contract's bytes, made once: what is served is what is committed, to the byte.</summary>
internal sealed class PublishedContract([FromKeyedServices(ContractDocument.Name)] IOpenApiDocumentProvider provider)
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<Task<(byte[] Bytes, Answer Answer)>> _made = new(() => MakeAsync(provider));

    public async Task<IResult> AnswerAsync() => (await _made.Value).Answer;

    public async Task<ReadOnlyMemory<byte>> BytesAsync() => (await _made.Value).Bytes;

    private static async Task<(byte[] Bytes, Answer Answer)> MakeAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
        var body = System.Text.Encoding.UTF8.GetBytes(JsonNode.Parse(json)!.ToJsonString(Pretty) + "\n");
        return (body, Answer.Public(new PublicBody(body)));
    }
}

using System.Text;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Tests.Http;

/// <summary>A write that takes a body, asked for by someone who may ask, and who has never done anything before.</summary>
internal sealed record Write(HttpMethod Method, string Path, Role? Role, params (string Name, string Value)[] Headers)
{
    private const string Report = $"/v1/agencies/{Samples.Agency}/reports/2023";

    public static readonly IReadOnlyDictionary<string, Write> Json = new Dictionary<string, Write>(StringComparer.Ordinal)
    {
        ["a first draft"] = new(HttpMethod.Put, $"/v1/agencies/{Samples.Agency}/reports/2022/draft", Role.Submitter, Tests.Headers.Create),
        ["a draft"] = new(HttpMethod.Put, $"{Report}/draft", Role.Submitter, Tests.Headers.Match("*")),
        ["an agency"] = new(HttpMethod.Put, $"/v1/agencies/{Samples.OtherAgency}", Role.Registrar, Tests.Headers.Create),
        ["a validation"] = new(HttpMethod.Post, "/v1/validations", null),
        ["an archived report"] = new(HttpMethod.Post, $"/v1/agencies/{Samples.Agency}/reports/2021/archive", Role.Archivist),
        ["acknowledgements"] = new(HttpMethod.Post, $"{Report}/acknowledgements", Role.Submitter),
        ["a secrecy review"] = new(HttpMethod.Post, $"{Report}/secrecy-review", Role.SecrecyReviewer),
        ["a submission"] = new(HttpMethod.Post, $"{Report}/submission", Role.Submitter),
        ["a review"] = new(HttpMethod.Post, $"{Report}/review", Role.Reviewer),
        ["an error report"] = new(HttpMethod.Post, $"{Report}/error-reports", null),
        ["a publication"] = new(HttpMethod.Post, $"{Report}/publication", Role.Submitter),
    };

    public static readonly Write Conversion = new(HttpMethod.Post, "/v1/conversions", null);

    /// <summary>A registrar without an office is national; the others act for the sample's agency or its office.</summary>
    public Client Newcomer(Api api) => Role is null ? api.Anon : api.As(
        Role, Role == Role.Registrar ? [] : [Role.ActsWithinAgency ? Samples.Agency : Samples.Office], $"newcomer {Guid.NewGuid():N}");
}

internal static class BadRequests
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A body of these bytes under this media type, as it stands.</summary>
    public static HttpContent Raw(byte[] bytes, string? mediaType = "application/json")
    {
        var content = new ByteArrayContent(bytes);
        if (mediaType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }
        return content;
    }

    /// <summary>The agency is registered and has a draft of 2023, version 1.</summary>
    public static Task PrepareAsync(this Api api) => api.OnceAsync(async () =>
    {
        await api.RegisterAsync();
        (await api.Submitter.PutAsync($"/v1/agencies/{Samples.Agency}/reports/2023/draft", Bodies.Filing(Samples.Whole()), Headers.Create)).Expect(201);
    });

    public static Task<Reply> SendAsync(this Api api, Write write, HttpContent? body, params (string Name, string Value)[] headers) =>
        write.Newcomer(api).SendAsync(write.Method, write.Path, body, [.. write.Headers, .. headers]);

    /// <summary>Sends what must be refused, and makes sure of the problem's shape and that nothing whatever was stored.</summary>
    public static async Task<Reply> RefusedAsync(this Api api, int status, string problem, Func<Task<Reply>> send)
    {
        var before = await api.StoredAsync();
        var answer = (await send()).ExpectProblem(status, problem);
        Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        Assert.Equal("zh-CN", answer.Header("Content-Language"));
        Assert.Contains("no-store", answer.Header("Cache-Control"));
        Assert.Equal(ProblemTypes.All.Single(type => type.Code == problem).Title.Zh, answer.Json["title"]!.GetValue<string>());
        Assert.NotEmpty(answer.Json["detail"]!.GetValue<string>());
        Assert.Equal(before, await api.StoredAsync());
        return answer;
    }

    /// <summary>Rows of everything that a write may leave behind.</summary>
    private static Task<string> StoredAsync(this Api api) => api.Database.ScalarAsync<string>(
        """
        select concat_ws(', ',
            'events ' || (select count(*) from mt_events), 'streams ' || (select count(*) from mt_streams), 'actors ' || (select count(*) from actors),
            'agencies ' || (select count(*) from agencies), 'reports ' || (select count(*) from reports), 'publications ' || (select count(*) from publications))
        """);
}

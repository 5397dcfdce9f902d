using DisclosureApi.Access;
using DisclosureApi.Contract.Schemas;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DisclosureApi.Contract;

/// <summary>What the contract says once for all operations: what this is, who may come in, and the parts that operations refer to.</summary>
internal static class ContractDocument
{
    public const string Name = "v1";
    public const string BearerScheme = "bearer";

    /// <summary>The rooms, in the order in which a newcomer meets them; an operation in another room stops the start.</summary>
    private static readonly (string Name, string Description)[] _tags =
    [
        ("Documents", "读取文档. The official forms as data, and reading a document made after them. Nothing is stored."),
        ("Rules", "校验规则. The rule book, and judging a filing by it. Nothing is stored."),
        ("Agencies", "机关名录. The register: which bodies owe reports, who supervises them, and since when."),
        ("Reports", "年度报告. One report's life, from the first draft to what everyone reads."),
        ("Ledger", "存证. The proof that nothing was rewritten: one tree over all events, signed, and open to everyone."),
        ("Audit", "审计. For auditors: every event, every report as it stood at any moment, and who looked. Every use is recorded."),
        ("Statistics", "统计. Numbers across bodies and years, as of any point in the order of events."),
        ("Bulk", "批量数据. All reports of a year as files that can be taken up again and checked."),
        ("Changes", "变更. All that anyone may see happen, in its order."),
        ("Webhooks", "推送. The same, signed and sent to an address of one's own."),
        ("Health", "运行状况. For those who watch the service."),
    ];

    private const string Description =
        """
        政府信息公开工作年度报告公共接口. Chinese public bodies file and publish a yearly report on open government information
        (政府信息公开条例, articles 49 and 50). This API reads such documents, judges them by coded rules, takes them through
        review to publication, and lets anyone read them.

        - **Language**: problems are told in Chinese, or in English for `Accept-Language: en`. Findings carry both languages. Codes never change.
        - **Errors**: every refusal is `application/problem+json` (RFC 9457); its `type` is the address of a page that explains it.
          Addresses that are none answer 404, methods that a resource does not take 405 with `Allow`.
        - **HEAD**: every GET that anyone may ask answers HEAD too, with the same headers and no body.
        - **Versions**: answers carry strong ETags. A write that replaces names the version it changes in `If-Match`, or creates with `If-None-Match: *`.
        - **Retries**: every step (POST on a report) carries an `Idempotency-Key` of the client's own making. Sent again with the same key and body within
          24 hours it is answered as it was and does nothing twice. Validations and conversions store nothing and need none.
        - **Figures**: counts are integers from 0 to 2^53−1; amounts have at most 15 significant digits and 6 decimal places. Not given is null, never 0.
        - **Time**: times are RFC 3339 in UTC; days are those of Asia/Shanghai.
        - **Browsers**: every answer says `X-Content-Type-Options: nosniff`, a `Content-Security-Policy` under which nothing runs, `Referrer-Policy: no-referrer` and
          `Cross-Origin-Resource-Policy: cross-origin`; over TLS also `Strict-Transport-Security`.
        - **Time limits**: a GET is answered within 5 seconds or with 503; a body must arrive within a minute (408).
        - **Compatibility**: within v1, members, operations and kinds of problems may be added and nothing is taken away.

        The terms of use of the service and of its data are the operator's to state.
        """;

    public static IReadOnlySet<string> Tags { get; } = _tags.Select(tag => tag.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Runs after the operations have been told.</summary>
    public static Task CompleteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "DisclosureApi",
            Version = Name,
            Summary = "Annual reports on open government information",
            Description = Description,
        };
        // Relative to wherever the document was read from: the contract knows no host.
        document.Servers = [new OpenApiServer { Url = "/", Description = "Where this document is served." }];
        document.Tags = new HashSet<OpenApiTag>(_tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
        document.Paths = Told(document.Paths);
        AddComponents(document);
        document.Webhooks = SentEvents.All();
        return Task.CompletedTask;
    }

    /// <summary>In one order whatever the order of the code, and without HEAD, which as an operation of its own would need a second name for the same thing.</summary>
    private static OpenApiPaths Told(OpenApiPaths found)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, item) in found.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            item.Operations?.Remove(HttpMethod.Head);
            paths.Add(path, item);
        }
        return paths;
    }

    /// <summary>The parts that operations refer to. The problems' responses among them were added by the operations themselves.</summary>
    private static void AddComponents(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas = ContractSchemas.All().ToDictionary(entry => entry.Key, IOpenApiSchema (entry) => entry.Value, StringComparer.Ordinal);
        document.Components.Parameters = ContractParameters.All();
        document.Components.Headers = ContractHeaders.All();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal) { [BearerScheme] = Bearer() };
    }

    private static OpenApiSecurityScheme Bearer() => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "JWT",
        Description = "An access token after RFC 9068 (typ at+jwt, signed with ES256 or RS256, with iss, aud, exp, sub, client_id and scope). "
            + "The claim `agency` names the bodies it is for. Scopes:\n\n"
            + string.Join('\n', Role.All.Select(role => $"- `{role.Scope}`: role {role.Name}")),
    };
}

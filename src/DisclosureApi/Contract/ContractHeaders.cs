using DisclosureApi.Contract.Schemas;
using DisclosureApi.Http;
using Microsoft.OpenApi;

namespace DisclosureApi.Contract;

/// <summary>The headers of answers, as the code sends them.</summary>
internal static class ContractHeaders
{
    public static Dictionary<string, IOpenApiHeader> All() => new(StringComparer.Ordinal)
    {
        ["Access-Control-Allow-Origin"] = Header("Pages of any site may read what anyone may read, and why it cannot be read: on answers to a GET or HEAD without a token.", CrossOrigin.AnyOrigin),
        ["Access-Control-Expose-Headers"] = Header("Headers that scripts of other sites are shown.", CrossOrigin.Exposed),
        ["Accept"] = Header("The media types that this resource takes, where another was refused.", "application/json"),
        ["Accept-Ranges"] = Header("`bytes`: a part can be asked for by Range.", "bytes"),
        ["Accept-Encoding"] = Header("`identity`, where a compressed body was refused.", "identity"),
        ["Accept-Patch"] = Header("The media type of patches that this resource takes (RFC 5789).", Body.MergePatchType),
        ["Cache-Control"] = Header(
            "`public, no-cache` where anyone may read: caches may keep the answer and ask before they serve it. `public, max-age=31536000, immutable` where it will never change; with `max-age` where an answer as of a position does not change. `no-store` elsewhere.", "no-store"),
        ["Content-Disposition"] = Header("The name of the file, in UTF-8 (RFC 6266, RFC 8187).", "attachment; filename=\"report.docx\"; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.docx"),
        ["Content-Location"] = Header("The address at which this very answer always stands: that of a revision.", $"/v1/agencies/{Examples.AgencyCode}/reports/2023/revisions/1"),
        ["Content-Range"] = Header("Which of how many bytes these are (RFC 9110).", "bytes 100-199/200"),
        ["Content-Security-Policy"] = Header("What a browser may do with a document that was made elsewhere: nothing.", "sandbox; default-src 'none'"),
        ["Content-Language"] = Header("Language of title and detail: zh-CN or en.", "zh-CN"),
        ["ETag"] = Header("Names this version: send it in If-Match to change it, in If-None-Match to hear whether it still holds.", "\"7\""),
        ["Link"] = Header("Addresses that belong to the answer (RFC 8288): rel=\"proof\" of a step's proof in the ledger, rel=\"first\", \"prev\" and \"next\" of pages, rel=\"latest-version\", \"version-history\", \"predecessor-version\" and \"successor-version\" of revisions (RFC 5829), rel=\"original\", \"timegate\", \"timemap\" and \"memento\" of reports through time (RFC 7089), rel=\"describedby\" and \"monitor\" of files.",
            $"</v1/agencies/{Examples.AgencyCode}/reports/2023/proof?position=12>; rel=\"proof\""),
        ["Location"] = Header("The address of what was created.", $"/v1/agencies/{Examples.AgencyCode}"),
        ["Memento-Datetime"] = Header("When the revision was made public (RFC 7089), in whole seconds.", "Wed, 17 Jan 2024 08:30:00 GMT"),
        [RateLimits.Remaining] = Header("How many requests are left now, by the name of each limit (draft-ietf-httpapi-ratelimit-headers).", "\"address\";r=599999"),
        [RateLimits.Policy] = Header("The limits: how many requests (q) in how many seconds (w).", "\"address\";q=600000;w=60"),
        ["Repr-Digest"] = Header("SHA-256 of the bytes sent, before any transfer coding and after content coding (RFC 9530).", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"),
        ["Retry-After"] = Header("After how many seconds to try again.", "1"),
        ["X-Content-Type-Options"] = Header("`nosniff`: the document is of the type that it was filed as.", "nosniff"),
        ["Vary"] = Header("The request headers that the answer depends on.", "Accept-Language"),
        ["WWW-Authenticate"] = Header("`Bearer`, with an error when a token was sent and refused (RFC 6750).", "Bearer"),
    };

    public static IReadOnlySet<string> Names { get; } = All().Keys.ToHashSet(StringComparer.Ordinal);

    public static Dictionary<string, IOpenApiHeader> References(IEnumerable<string> names) =>
        names.Order(StringComparer.Ordinal).ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name), StringComparer.Ordinal);

    private static OpenApiHeader Header(string description, string example) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String, Examples = [example] } };
}

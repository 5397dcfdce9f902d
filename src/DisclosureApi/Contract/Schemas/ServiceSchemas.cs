using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>What every service answers: how it is, and what was wrong with a request.</summary>
internal static class ServiceSchemas
{
    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() => 
    [
        ("Health", Health()), ("Problem", Problem()), ("BatchResult", BatchResult()), ("JsonSchema", Open("A JSON Schema (2020-12).", ("$schema", Text("The dialect.")), ("$id", Text("Its address.")), ("$defs", Open("Its parts.")))),
    ];

    private static OpenApiSchema Health() => Closed(
        "How the service is.",
        ("status", Choice("What was asked for and holds.", ("live", "the process is alive"), ("ready", "the database answers and holds the event store"), ("reading", "the primary is away; public readings are answered from a replica")))).Whole();

    private static OpenApiSchema BatchResult() => Closed(
        "One line of the answer to a batch: what became of one document.",
        ("key", Text("The key that the client gave; null for what has none, and for the line that ends a batch early.", 200).OrNull()),
        ("status", Integer("The status that POST /v1/conversions would have answered with.", 200, 599)),
        ("filing", Named("Filing")),
        ("problem", Named("Problem"))).Requiring("key", "status");

    private static OpenApiSchema Problem() => Open(
        "What is wrong, where, and how to mend it (RFC 9457). Which members beside the first four there are depends on the type; its page tells.",
        ("type", new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Format = "uri-reference",
            Pattern = "^/problems/[a-z-]+$",
            Description = "The kind of problem. The address is of a page that explains it; the last part is a code that never changes.",
        }),
        ("title", Text("The kind in a few words, in Chinese, or in English for Accept-Language: en.")),
        ("status", Integer("The HTTP status.", 400, 599)),
        ("detail", Text("What is wrong this time and how to mend it, in the same language.")),
        ("errors", List("Every fault of the body at once.", Closed(
            "One fault.",
            ("pointer", Text("JSON pointer (RFC 6901) into the body; for findings, into the content.")),
            ("code", Text("Code of the rule; absent when the fault is no finding.")),
            ("detail", Text("What is wrong there and how to mend it."))).Requiring("pointer", "detail"))),
        ("findings", List("The findings that stand in the way.", Named("Finding"))),
        ("state", Text("The report's state.")),
        ("allowed", List("Names of the commands that this state allows.", Text("A command."))),
        ("command", Text("Name of the command that was refused.")),
        ("contentHash", ReportSchemas.Hash("The contentHash of the draft as it is now.")),
        ("code", Text("Code of the finding that there is none of.")),
        ("current", Text("ETag of the version there is; null when there is nothing.").OrNull()),
        ("given", Text("The ETags that the request named.")),
        ("limit", Integer("The largest number of bytes taken.", 1)),
        ("policy", Text("Name of the limit of requests that is used up.")),
        ("supported", List("Media types taken.", Text("A media type."))),
        ("reason", Text("Why the report was withdrawn.")),
        ("firstPublishedAt", Time("When the report was first published.")),
        ("withdrawnAt", Time("When the report was withdrawn.")),
        ("request", Text("The id of this request in the operator's log.")))
        .Requiring("type", "title", "status", "detail").WithExample(Examples.Problem);
}

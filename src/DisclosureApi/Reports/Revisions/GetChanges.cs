using DisclosureApi.Store.Replicas;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Http.History;

namespace DisclosureApi.Reports.Revisions;

/// <summary>GET …/revisions/{revision}/changes?since=: what turns an earlier revision, or a later one, into this one.</summary>
internal static class GetChanges
{
    private static readonly (string, string)[] _variesByAccept = [("Vary", "Accept")];

    public static readonly OperationContract Contract = new("list_changes", "Reports", "Read what changed between two revisions")
    {
        Description =
            "patch is a JSON Patch (RFC 6902) of the whole answer of …/revisions/{since}: carried out on it, it gives the answer of this revision, member for member. changes tells the same of the "
            + "content for people: each cell and each text that differs, under the label that the form prints, with what stood there and what stands there now. since may be any revision, a later one too; "
            + "left out, it is the revision before. 0 stands for nothing, so that all of the content is new. With Accept: application/json-patch+json the patch comes alone.",
        Parameters = ["since"],
        Answers =
        [
            new(200, "RevisionChanges", "The changes") { Headers = ["ETag"], Others = [(JsonPatch.MediaType, "JsonPatch")] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400, 404, 406],
    };

    public static async Task<IResult> HandleAsync(string code, int year, int revision, HttpRequest request, ReadDatabase database, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        var since = Since(request) ?? revision - 1;
        var after = await FindAsync(database, id, revision, cancellation);
        var before = since == 0 ? null : await FindAsync(database, id, since, cancellation);
        if (after is null || (since != 0 && before is null))
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var patch = JsonPatch.Between(before, after);
        return MediaTypes.Choose(request, Json.MediaType, JsonPatch.MediaType) switch
        {
            Json.MediaType => Answer.Public(new PublicBody(Json.Bytes(writer => Write(writer, id, before, after, patch))), headers: _variesByAccept),
            JsonPatch.MediaType => Answer.Public(new PublicBody(Json.Bytes(writer => patch.WriteTo(writer))), JsonPatch.MediaType, _variesByAccept),
            _ => new Problem(ProblemTypes.NotAcceptable).With("supported", [Json.MediaType, JsonPatch.MediaType]),
        };
    }

    private static int? Since(HttpRequest request) => request.Query["since"] switch
    {
        [] => null,
        [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Page.Wrong("since应为修订版的编号（0表示从无到有），且只给一次", "since must be the number of a revision, or 0 for nothing, given once."),
    };

    private static async Task<JsonNode?> FindAsync(ReadDatabase database, ReportId id, int number, CancellationToken cancellation) =>
        await PublishedRevisions.ReadAsync(database, id, number, cancellation) is [var found] ? JsonNode.Parse(found.Body) : null;

    private static void Write(Utf8JsonWriter writer, ReportId id, JsonNode? before, JsonNode after, JsonArray patch)
    {
        writer.WriteStartObject();
        WriteRevision(writer, "from", id, before);
        WriteRevision(writer, "to", id, after);
        ChangeJson.Write(writer, ContentDiff.Between(before?["content"], after["content"]));
        ChangeJson.Write(writer, "patch", patch);
        writer.WriteEndObject();
    }

    private static void WriteRevision(Utf8JsonWriter writer, string name, ReportId id, JsonNode? body)
    {
        if (body is null)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartObject(name);
        ChangeJson.Write(writer, "revision", body["revision"]);
        ChangeJson.Write(writer, "publishedAt", body["publishedAt"]);
        ChangeJson.Write(writer, "contentHash", body["contentHash"]);
        writer.WriteString("address", Links.Revision(id, body["revision"]!.GetValue<int>()));
        writer.WriteEndObject();
    }
}

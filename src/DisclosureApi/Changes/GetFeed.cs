using System.Globalization;
using System.Text;
using System.Xml;
using DisclosureApi.Http;
using DisclosureApi.Http.History;

namespace DisclosureApi.Changes;

/// <summary>GET /v1/changes.atom: the newest publications and corrections, for feed readers (RFC 4287).</summary>
internal static class GetFeed
{
    private const string MediaType = "application/atom+xml";
    private const string Namespace = "http://www.w3.org/2005/Atom";
    private const int Entries = 50;

    public static readonly OperationContract Contract = new("get_changes_feed", "Changes", "Follow publications and corrections in a feed reader")
    {
        Description = "The last 50 publications and corrections as an Atom feed, newest first. Whoever must miss none reads /v1/changes.",
        Answers = [new(200, null, "The feed") { Documents = [MediaType], Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ChangeReader changes, CancellationToken cancellation)
    {
        var newest = await changes.NewestPublicationsAsync(Entries, cancellation);
        return Answer.Public(new PublicBody(Feed($"{request.Scheme}://{request.Host}", newest)), MediaType);
    }

    private static byte[] Feed(string host, IReadOnlyList<Change> newest)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            writer.WriteStartElement("feed", Namespace);
            writer.WriteElementString("id", Namespace, $"{host}/v1/changes.atom");
            writer.WriteElementString("title", Namespace, "政府信息公开工作年度报告：公布与更正");
            writer.WriteElementString("updated", Namespace, Moment.Text(newest is [var last, ..] ? last.At : DateTimeOffset.UnixEpoch));
            WriteLink(writer, "self", $"{host}/v1/changes.atom");
            writer.WriteStartElement("author", Namespace);
            writer.WriteElementString("name", Namespace, "DisclosureApi");
            writer.WriteEndElement();
            foreach (var change in newest)
            {
                WriteEntry(writer, host, change);
            }
            writer.WriteEndElement();
        }
        return stream.ToArray();
    }

    private static void WriteEntry(XmlWriter writer, string host, Change change)
    {
        var revision = string.Create(CultureInfo.InvariantCulture, $"{host}{change.Address}/revisions/{change.Revision}");
        writer.WriteStartElement("entry", Namespace);
        writer.WriteElementString("id", Namespace, $"urn:uuid:{change.Id}");
        writer.WriteElementString("title", Namespace, $"{change.Agency} {change.Year}年度报告{(change.Type == Change.Corrected ? "：更正" : "：公布")}");
        writer.WriteElementString("updated", Namespace, Moment.Text(change.At));
        WriteLink(writer, "alternate", revision);
        writer.WriteElementString("summary", Namespace, change.Type);
        writer.WriteEndElement();
    }

    private static void WriteLink(XmlWriter writer, string relation, string address)
    {
        writer.WriteStartElement("link", Namespace);
        writer.WriteAttributeString("rel", relation);
        writer.WriteAttributeString("href", address);
        writer.WriteEndElement();
    }
}

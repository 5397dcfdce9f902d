using System.Globalization;
using System.Text;
using System.Xml;
using DisclosureApi.Http;
using DisclosureApi.Http.History;
using DisclosureApi.Http.Printing;

namespace DisclosureApi.Changes;

/// <summary>GET /v1/changes.atom: the newest publications and corrections, for feed readers (RFC 4287).</summary>
internal static class GetFeed
{
    public const string MediaType = "application/atom+xml";

    private const string Path = "/v1/changes.atom";
    private const string Namespace = "http://www.w3.org/2005/Atom";
    private const int Entries = 50;

    public static readonly OperationContract Contract = new("get_changes_feed", "Changes", "Follow publications and corrections in a feed reader")
    {
        Description = "The last 50 publications and corrections as an Atom feed (RFC 4287), newest first, each with the address of its revision. Whoever must miss none reads /v1/changes.",
        Answers = [new(200, null, "The feed") { Documents = [MediaType], Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, PublicationReader publications, CancellationToken cancellation)
    {
        var host = $"{request.Scheme}://{request.Host}";
        var (first, newest) = await publications.NewestAsync(Entries, cancellation);
        // The very first event is this database's own, wherever the database is served from; before it there is nothing to follow.
        return Answer.Public(new PublicBody(Feed(first is null ? $"{host}{Path}" : $"urn:uuid:{first}", host, newest)), MediaType);
    }

    private static byte[] Feed(string id, string host, IReadOnlyList<Publication> newest)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false }))
        {
            writer.WriteStartElement("feed", Namespace);
            writer.WriteAttributeString("xml", "lang", null, "zh-CN");
            writer.WriteElementString("id", Namespace, id);
            writer.WriteElementString("title", Namespace, "政府信息公开工作年度报告：公布与更正");
            writer.WriteElementString("updated", Namespace, Moment.Text(newest is [var last, ..] ? last.Change.At : DateTimeOffset.UnixEpoch));
            WriteLink(writer, "self", $"{host}{Path}", MediaType);
            WriteLink(writer, "related", $"{host}{ListChanges.Path}", Json.MediaType);
            foreach (var publication in newest)
            {
                WriteEntry(writer, host, publication);
            }
            writer.WriteEndElement();
        }
        return stream.ToArray();
    }

    private static void WriteEntry(XmlWriter writer, string host, Publication publication)
    {
        var change = publication.Change;
        writer.WriteStartElement("entry", Namespace);
        writer.WriteElementString("id", Namespace, $"urn:uuid:{change.Id}");
        writer.WriteElementString("title", Namespace, string.Create(CultureInfo.InvariantCulture, $"{XmlWords.Of(publication.Agency)}{change.Year}年政府信息公开工作年度报告（{publication.Kind}）"));
        writer.WriteElementString("updated", Namespace, Moment.Text(change.At));
        writer.WriteElementString("published", Namespace, Moment.Text(change.At));
        writer.WriteStartElement("author", Namespace);
        writer.WriteElementString("name", Namespace, XmlWords.Of(publication.Agency));
        writer.WriteElementString("uri", Namespace, $"{host}/v1/agencies/{change.Agency}");
        writer.WriteEndElement();
        writer.WriteStartElement("category", Namespace);
        writer.WriteAttributeString("term", change.Type);
        writer.WriteEndElement();
        WriteLink(writer, "alternate", string.Create(CultureInfo.InvariantCulture, $"{host}{change.Address}/revisions/{change.Revision}"), Json.MediaType);
        writer.WriteElementString("summary", Namespace, string.Create(CultureInfo.InvariantCulture, $"{publication.Kind}，第{change.Revision}版"));
        writer.WriteEndElement();
    }

    private static void WriteLink(XmlWriter writer, string relation, string address, string mediaType)
    {
        writer.WriteStartElement("link", Namespace);
        writer.WriteAttributeString("rel", relation);
        writer.WriteAttributeString("type", mediaType);
        writer.WriteAttributeString("href", address);
        writer.WriteEndElement();
    }
}

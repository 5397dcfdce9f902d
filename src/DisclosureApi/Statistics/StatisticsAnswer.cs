using System.Text.Json;
using DisclosureApi.Http;

namespace DisclosureApi.Statistics;

/// <summary>An answer of this room, as JSON or as a table.</summary>
internal static class StatisticsAnswer
{
    private static readonly (string, string)[] _variesByAccept = [("Vary", "Accept")];

    public static IResult Of(HttpRequest request, bool isCsv, Action<Utf8JsonWriter> json, Func<byte[]> csv)
    {
        var body = new PublicBody(isCsv ? csv() : Json.Bytes(json));
        return Answer.Public(body, isCsv ? $"{Body.CsvType}; charset=utf-8; header=present" : Json.MediaType, _variesByAccept).Kept(Citation.CacheControl(request));
    }
}

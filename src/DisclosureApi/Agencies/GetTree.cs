using System.Text.Json;
using Disclosure.Agencies;
using DisclosureApi.Http;
using DisclosureApi.Store.Figures;

namespace DisclosureApi.Agencies;

/// <summary>GET /v1/agencies/{code}/tree?year=: who is right above a body and right below it, in the regions and in its line.</summary>
internal static class GetTree
{
    public static readonly OperationContract Contract = new("get_tree", "Agencies", "Read a body's place in the regional tree and in its vertical line")
    {
        Description =
            "As the register stands on the last day of the year; this year when left out. In the regional tree a government has its own departments below it, a county its townships, a prefecture its counties, "
            + "a province its prefectures; bodies of a vertical system stand in their line alone, right below its head. What is below is what a compiled report adds up. "
            + $"The first {RegisterTree.MostBelow} below are listed; count tells of all.",
        Filters = ["year"],
        Answers = [new(200, "AgencyTree", "Its place") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(string code, HttpRequest request, RegisterTree tree, TimeProvider clock, CancellationToken cancellation)
    {
        var year = Filter.Year(request) ?? clock.GetUtcNow().AddHours(8).Year;
        if (year == DateOnly.MaxValue.Year || await tree.FindAsync(code, year, cancellation) is not { } place)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        return Answer.Public(writer =>
        {
            writer.WriteStartObject();
            AgencySummary.Write(writer, place.Body);
            writer.WriteNumber("year", year);
            writer.WriteStartObject("regional");
            WriteAll(writer, "above", place.Above);
            WriteAll(writer, "below", place.Below);
            writer.WriteNumber("count", place.CountBelow);
            writer.WriteEndObject();
            writer.WriteStartObject("vertical");
            WriteAll(writer, "above", place.Head is null ? [] : [place.Head]);
            WriteAll(writer, "below", place.Led);
            writer.WriteNumber("count", place.CountLed);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static void WriteAll(Utf8JsonWriter writer, string name, IEnumerable<Agency> agencies)
    {
        writer.WriteStartArray(name);
        foreach (var agency in agencies)
        {
            AgencySummary.WriteItem(writer, agency);
        }
        writer.WriteEndArray();
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;
using DisclosureApi.Http;

namespace DisclosureApi.Tests.Contract;

/// <summary>The contract's examples are taken by the code that reads such bodies, and what the code writes is what the schemas say.</summary>
public sealed class ExampleTests(ContractHost host)
{
    [Fact]
    public void Every_example_fits_its_schema()
    {
        var examples = ((JsonObject)host.Document["components"]!["schemas"]!).Where(entry => entry.Value!["examples"] is not null).ToList();
        Assert.True(examples.Count >= 10);
        Assert.All(examples, entry => Assert.Empty(SchemaCheck.Faults(host.Document, entry.Key, entry.Value!["examples"]![0])));
    }

    [Fact]
    public void The_example_agency_is_one_that_the_register_takes()
    {
        var (agency, faults) = AgencyReader.Read(Example("Agency"), Example("AgencyCode").GetString()!);
        Assert.Empty(faults);
        Assert.Empty(Faults("Agency", Json.Bytes(agency)));
    }

    [Fact]
    public void The_example_filing_is_one_that_can_be_filed_and_comes_back_in_shape()
    {
        var (filing, faults) = FilingReader.Read(Example("Filing"));
        Assert.Empty(faults);
        FilingBody.Require(filing, 2023);
        Assert.Empty(Faults("Filing", Json.Bytes(writer => FilingWriter.Write(writer, filing))));
    }

    [Fact]
    public void The_example_archive_holds_such_a_filing() =>
        Assert.Empty(FilingReader.Read(Example("Archive").GetProperty("filing"), "/filing").Faults);

    [Fact]
    public void A_filing_with_every_cell_of_both_forms_fits_its_schema()
    {
        var content = KnownFormats.All.SelectMany(format => format.Tables).SelectMany(table => table.Cells)
            .Aggregate(ReportContent.Empty, (given, cell) => given.With(cell.Address, 1));
        var places = ContentShape.Slots.Where(slot => slot.Kind == WordKind.Text).Select(slot => slot.Path.Replace("*", "0", StringComparison.Ordinal));
        content = places.Aggregate(content, (given, path) => given.With(path, "文"))
            .With("/source/headings/0/section", "proactive").With("/source/labels/0/at", "/tables/proactive/fees").With("/forms/proactive", "2019");
        var written = Json.Bytes(writer => FilingWriter.Write(writer, new Filing("示例", 2023, content, Filing.NoReadings, [])));
        Assert.Empty(Faults("Filing", written));
        Assert.Empty(FilingReader.Read(JsonDocument.Parse(written).RootElement).Faults);
    }

    [Theory]
    [InlineData("""{ "content": { "tables": { "proactive": { "fees": { "made": 1 } } } } }""")]
    [InlineData("""{ "content": { "tables": { "applications": { "received": { "naturalPerson": "7" } } } } }""")]
    [InlineData("""{ "content": { "printed": "2024" } }""")]
    [InlineData("""{ "content": { "forms": { "proactive": "2020" } } }""")]
    [InlineData("""{ "content": { "source": { "headings": [ { "section": "proactive" } ] } } }""")]
    [InlineData("""{ "readings": { "/tables/nowhere": { "state": "sure" } } }""")]
    [InlineData("""{ "year": 20233 }""")]
    public void What_the_reader_refuses_the_schema_refuses(string body)
    {
        Assert.NotEmpty(FilingReader.Read(JsonDocument.Parse(body).RootElement).Faults);
        Assert.NotEmpty(SchemaCheck.Faults(host.Document, "Filing", JsonNode.Parse(body)));
    }

    private JsonElement Example(string schema) =>
        JsonDocument.Parse(host.Document["components"]!["schemas"]![schema]!["examples"]![0]!.ToJsonString()).RootElement;

    private IReadOnlyList<string> Faults(string schema, byte[] json) => SchemaCheck.Faults(host.Document, schema, JsonNode.Parse(json));
}

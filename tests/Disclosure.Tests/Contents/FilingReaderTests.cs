using System.Text;
using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Tests.Contents;

public class FilingReaderTests
{
    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var filing = Samples.Filing() with
        {
            Content = Samples.Whole().With("/source/headings/0/section", "problems").With("/source/headings/0/printed", "五、存在问题"),
            Readings = new Dictionary<string, Reading>
            {
                ["/tables/disputes/litigation/total"] = new(ReadingState.Uncertain, "1 2", 3, 4, [12, 1.5m], new Message("两种读法", "two ways to read")),
            },
            Notes = [new Note("extra-row", new Message("多出一行", "an extra row"), null)],
        };

        var (read, faults) = FilingReader.Read(JsonDocument.Parse(Written(filing)).RootElement);

        Assert.Empty(faults);
        Assert.Equal(Written(filing), Written(read));
        Assert.Equal(200, read.Content.Cells.Count);
    }

    [Fact]
    public void Null_and_absent_are_one_thing()
    {
        var (read, faults) = FilingReader.Read(Parse("""{"content":{"title":null,"tables":{"disputes":{"litigation":{"total":null}},"proactive":null}},"readings":null}"""));

        Assert.Empty(faults);
        Assert.Empty(read.Content.Cells);
        Assert.Empty(read.Content.Words);
    }

    [Fact]
    public void A_trailing_zero_makes_no_other_amount()
    {
        var (read, _) = FilingReader.Read(Parse("""{"content":{"tables":{"proactive":{"fees":{"amount":7730.280}}}}}"""));

        Assert.Equal("7730.28", read.Content.Cell(new CellAddress("proactive", "fees", "amount"))!.Value.ToString());
    }

    [Theory]
    [InlineData("""{"contents":{}}""", "/contents")]
    [InlineData("""{"year":"2023"}""", "/year")]
    [InlineData("""{"year":2023.5}""", "/year")]
    [InlineData("""{"agencyName":7}""", "/agencyName")]
    [InlineData("""[]""", "")]
    [InlineData("""{"content":[]}""", "/content")]
    [InlineData("""{"content":{"titel":"x"}}""", "/content/titel")]
    [InlineData("""{"content":{"titel":null}}""", "/content/titel")]
    [InlineData("""{"content":{"tables":{"proactive":{"a":null}}}}""", "/content/tables/proactive/a")]
    [InlineData("""{"content":{"a/b~c":"x"}}""", "/content/a~1b~0c")]
    [InlineData("""{"content":{"title":{"x":1}}}""", "/content/title")]
    [InlineData("""{"content":{"title":"a\u0000b"}}""", "/content/title")]
    [InlineData("""{"content":{"printedDate":"17.01.2024"}}""", "/content/printedDate")]
    [InlineData("""{"content":{"forms":{"proactive":"2022"}}}""", "/content/forms/proactive")]
    [InlineData("""{"content":{"sections":{"summary":"x"}}}""", "/content/sections/summary")]
    [InlineData("""{"content":{"tables":{"applications":{"received":{"total":"7"}}}}}""", "/content/tables/applications/received/total")]
    [InlineData("""{"content":{"tables":{"applications":{"received":{"total":9007199254740992}}}}}""", "/content/tables/applications/received/total")]
    [InlineData("""{"content":{"tables":{"applications":{"received":{"total":1e400}}}}}""", "/content/tables/applications/received/total")]
    [InlineData("""{"content":{"tables":{"proactive":{"fees":{"amount":1.234567890123456}}}}}""", "/content/tables/proactive/fees/amount")]
    [InlineData("""{"content":{"tables":{"applications":{"received":{"sum":1}}}}}""", "/content/tables/applications/received/sum")]
    [InlineData("""{"content":{"tables":{"applications":{"received":7}}}}""", "/content/tables/applications/received")]
    [InlineData("""{"content":{"tables":{"statistics":{}}}}""", "/content/tables/statistics")]
    [InlineData("""{"content":{"source":{"marks":{"0":"x"}}}}""", "/content/source/marks")]
    [InlineData("""{"content":{"source":{"marks":[null]}}}""", "/content/source/marks/0")]
    [InlineData("""{"content":{"source":{"headings":[{"printed":"x"}]}}}""", "/content/source/headings/0/section")]
    [InlineData("""{"content":{"source":{"labels":[{"at":"/tables/x","printed":"x"}]}}}""", "/content/source/labels/0/at")]
    [InlineData("""{"readings":{"/tables/x/y/z":{"state":"sure"}}}""", "/readings/~1tables~1x~1y~1z")]
    [InlineData("""{"readings":{"/tables/disputes/litigation/total":{"state":"perhaps"}}}""", "/readings/~1tables~1disputes~1litigation~1total/state")]
    [InlineData("""{"notes":{}}""", "/notes")]
    public void A_fault_is_told_with_its_pointer(string json, string pointer)
    {
        var (_, faults) = FilingReader.Read(Parse(json));

        Assert.Equal(pointer, Assert.Single(faults).Pointer);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var (_, faults) = FilingReader.Read(Parse("""{"x":1,"year":"a","content":{"y":1,"tables":{"disputes":{"litigation":{"total":"1","upheld":true}}}}}"""), "/filing");

        Assert.Equal(
            ["/filing/content/tables/disputes/litigation/total", "/filing/content/tables/disputes/litigation/upheld", "/filing/content/y", "/filing/x", "/filing/year"],
            faults.Select(fault => fault.Pointer).Order(StringComparer.Ordinal));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string Written(Filing filing)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            FilingWriter.Write(writer, filing);
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

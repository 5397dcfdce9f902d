using System.Text.Json.Nodes;
using Disclosure.Formats;
using DisclosureApi.Tests.Contract;

namespace DisclosureApi.Tests.Documents;

/// <summary>Whoever files by hand begins with the official form and fills it in.</summary>
public sealed class BlankFormTests(ContractHost host)
{
    [Theory]
    [InlineData(2020, "2019", 198)]
    [InlineData(2023, "2021", 200)]
    public async Task The_form_of_a_year_holds_every_number_of_it_and_none_is_given(int year, string form, int numbers)
    {
        var filing = JsonNode.Parse(await GetAsync(year, "application/json"))!;
        var cells = filing["content"]!["tables"]!.AsObject().SelectMany(table => table.Value!.AsObject()).SelectMany(row => row.Value!.AsObject()).ToList();

        Assert.Equal(numbers, cells.Count);
        Assert.All(cells, cell => Assert.Null(cell.Value));
        Assert.All(filing["content"]!["forms"]!.AsObject(), table => Assert.Equal(form, table.Value!.GetValue<string>()));
        Assert.Empty(SchemaCheck.Faults(host.Document, "Filing", filing));
        using var content = new StringContent(filing.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var judged = await host.Client.PostAsync(new Uri("/v1/validations", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)judged.StatusCode);
    }

    [Theory]
    [InlineData(2020, 198)]
    [InlineData(2023, 200)]
    public async Task As_CSV_each_number_has_a_line_with_its_labels_and_the_pointer_it_has_in_JSON(int year, int numbers)
    {
        var lines = (await GetAsync(year, "text/csv;q=0.9, application/json;q=0.1")).TrimEnd().Split("\r\n");

        Assert.StartsWith("\uFEFF\"pointer\"", lines[0], StringComparison.Ordinal);
        Assert.Equal(numbers, lines.Length - 1);
        Assert.Equal(KnownFormats.ForYear(year)!.Tables.SelectMany(table => table.Cells).Select(cell => cell.Address.Pointer), lines.Skip(1).Select(line => line.Split('"')[1]));
        Assert.Contains(lines, line => line.Contains("自然人", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/formats/2023/blank", "image/png", 406)]
    [InlineData("/v1/formats/2023/blank", "application/json;q=0", 406)]
    [InlineData("/v1/formats/2023/blank", "text/*", 200)]
    [InlineData("/v1/formats/2023/blank", "Text/CSV", 200)]
    [InlineData("/v1/formats/2018/blank", "*/*", 404)]
    [InlineData("/v1/schemas/nothing", "*/*", 404)]
    public async Task What_there_is_not_is_told(string address, string accept, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? "text/csv" : "application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private async Task<string> GetAsync(int year, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/formats/{year}/blank");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Contains("Accept", answer.Headers.Vary);
        // Not as a string, which would lose the mark at the beginning.
        return System.Text.Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}

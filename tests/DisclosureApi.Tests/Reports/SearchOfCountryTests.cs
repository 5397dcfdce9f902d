using DisclosureApi.Generating;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Reports;

/// <summary>Among more reports than a search counts at once it finds what reading them all finds, wherever it is narrowed to.</summary>
public sealed class SearchOfCountryTests(TestServer server)
{
    [Fact]
    public async Task Every_report_that_holds_the_words_is_met_once_in_whatever_part_of_the_country()
    {
        var database = await server.CreateDatabaseAsync($"searched_{Guid.NewGuid():N}");
        await database.FillAsync(new Generation(700, 4, 3), isCopied: true);
        await using var host = await ServingHost.StartAsync(database);
        var body = (await database.TextsAsync("select concat_ws(' ', agency, region) from bodies where length(region) = 6 and region not like '%00' order by from_position limit 1"))[0].Split(' ');
        var (agency, county) = (body[0], body[1]);

        foreach (var (question, condition) in ((string, string)[])
        [
            ("", "true"), ("&year=2023", "f.year = 2023"), ($"&agency={agency}", $"f.agency = '{agency}'"),
            ($"&region={county[..2]}0000", $"b.region like '{county[..2]}%'"), ($"&region={county[..4]}00", $"b.region like '{county[..4]}%'"), ($"&region={county}", $"b.region like '{county}%'"),
            ($"&region={county[..4]}00&year=2022", $"b.region like '{county[..4]}%' and f.year = 2022"),
        ])
        {
            foreach (var words in (string[])["专栏检索", "政策解读"])
            {
                var holding = await database.TextsAsync(
                    $"""
                    select concat_ws(' ', f.agency, f.year) from figures f join publications p using (agency, year, revision)
                    join bodies b on b.agency = f.agency and b.to_position is null and b.since <= make_date(f.year, 12, 31) and (b.until is null or b.until >= make_date(f.year, 12, 31))
                    where f.to_position is null and convert_from(p.body, 'UTF8') like '%{words}%' and {condition} order by 1
                    """);
                Assert.NotEmpty(holding);
                var met = await host.ItemsAsync($"/v1/search?limit=100&q={words}{question}");
                Assert.Equal(holding, met.Select(item => $"{item["agency"]!["code"]} {item["year"]}").Order(StringComparer.Ordinal));
            }
        }
        Assert.True(await database.ScalarAsync<long>("select count(*) from words") > 2_500);
    }
}

using System.Text;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Agencies;

/// <summary>Many bodies registered from one CSV file.</summary>
public sealed class ImportTests(Api api) : IClassFixture<Api>
{
    private const string Header = "code,name,region,level,kind,supervisor,validFrom,validTo,successors\n";

    [Fact]
    public async Task Every_row_is_registered_or_refused_by_line_and_a_file_sent_again_registers_nothing_twice()
    {
        var file = Header
            + Row(1) + Row(2).Replace("county", "city", StringComparison.Ordinal).Replace(",990102,", ",99,", StringComparison.Ordinal)
            + Row(3, name: "\"云州市,\n桂山区\"") + Row(1, name: "另一名称") + "not a code,,,,,,,,\n" + Row(4, name: "\"云州市,桂山区\"");

        var first = (await ImportAsync(api.Registrar, file)).Expect(200);

        Assert.Equal((2, 0, 4), Counts(first));
        Assert.Equal(
            ["2 registered ", "3 refused level region", "4 refused name", "6 refused code", "7 refused code code kind level name region validFrom", "8 registered "],
            first.Json["rows"]!.AsArray().Select(row => $"{row!["line"]} {row["outcome"]} {string.Join(' ', row["errors"]!.AsArray().Select(error => error!["column"]!.GetValue<string>()).Order(StringComparer.Ordinal))}"));
        Assert.Equal("云州市,桂山区", (await api.Anon.GetAsync($"/v1/agencies/{Samples.CodeOf(4)}")).Expect(200).Json["name"]!.GetValue<string>());

        Assert.Equal((0, 2, 4), Counts((await ImportAsync(api.Registrar, file)).Expect(200)));
        Assert.Equal("\"1\"", (await api.Anon.GetAsync($"/v1/agencies/{Samples.CodeOf(1)}")).Expect(200).ETag);
        Assert.Equal((0, 0, 1), Counts((await ImportAsync(api.Registrar, Header + Row(1, name: "另一名称"))).Expect(200)));
    }

    [Fact]
    public async Task A_registrar_with_an_office_registers_bodies_of_his_own_alone()
    {
        var file = Header + Row(11) + Row(12).Replace(Samples.Office, Samples.OtherAgency, StringComparison.Ordinal);

        var reply = (await ImportAsync(api.As(Role.Registrar, [Samples.Office]), file)).Expect(200);

        Assert.Equal((1, 0, 1), Counts(reply));
        (await api.Anon.GetAsync($"/v1/agencies/{Samples.CodeOf(12)}")).ExpectProblem(404, "not-found");
    }

    [Fact]
    public async Task Files_of_spreadsheets_are_read_and_a_file_that_is_none_registers_nothing()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gbk = Encoding.GetEncoding("gb18030").GetBytes(Header + Row(21));
        Assert.Equal((1, 0, 0), Counts((await ImportAsync(api.Registrar, gbk, "text/csv; charset=gbk")).Expect(200)));
        Assert.Equal((1, 0, 0), Counts((await ImportAsync(api.Registrar, "\uFEFF" + Header + Row(22))).Expect(200)));
        Assert.Equal(Samples.AgencyName, (await api.Anon.GetAsync($"/v1/agencies/{Samples.CodeOf(21)}")).Expect(200).Json["name"]!.GetValue<string>());

        (await ImportAsync(api.Registrar, gbk, "text/csv")).ExpectProblem(422, "unreadable-document");
        (await ImportAsync(api.Registrar, "")).ExpectProblem(422, "unreadable-document");
        (await ImportAsync(api.Registrar, "代码,名称\n")).ExpectProblem(422, "unreadable-document");
        (await ImportAsync(api.Registrar, Header + Row(23) + $"\"{new string('x', 20_000)}\n")).ExpectProblem(422, "unreadable-document");
        (await ImportAsync(api.Registrar, Header + string.Concat(Enumerable.Range(0, 10_001).Select(_ => "x\n")))).ExpectProblem(422, "unreadable-document");
        (await api.Registrar.PostAsync("/v1/agencies", Bodies.Empty)).ExpectProblem(415, "unsupported-media-type");
        (await api.Anon.GetAsync($"/v1/agencies/{Samples.CodeOf(23)}")).ExpectProblem(404, "not-found");
    }

    [Fact]
    public async Task Two_imports_of_one_file_at_once_register_each_row_once()
    {
        var file = Header + string.Concat(Enumerable.Range(100, 150).Select(number => Row(number)));

        var replies = await Task.WhenAll(ImportAsync(api.Registrar, file), ImportAsync(api.Registrar, file));

        var counts = replies.Select(reply => Counts(reply.Expect(200))).ToList();
        Assert.Equal((150, 150, 0), (counts.Sum(count => count.Registered), counts.Sum(count => count.Unchanged), counts.Sum(count => count.Refused)));
    }

    private static string Row(int number, string name = Samples.AgencyName) => $"{Samples.CodeOf(number)},{name},990102,county,department,{Samples.Office},2019-01-01,,\n";

    private static Task<Reply> ImportAsync(Client client, string file) => ImportAsync(client, Encoding.UTF8.GetBytes(file), "text/csv");

    private static Task<Reply> ImportAsync(Client client, byte[] file, string type)
    {
        var content = new ByteArrayContent(file);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return client.PostAsync("/v1/agencies", content);
    }

    private static (int Registered, int Unchanged, int Refused) Counts(Reply reply) =>
        (reply.Json["registered"]!.GetValue<int>(), reply.Json["unchanged"]!.GetValue<int>(), reply.Json["refused"]!.GetValue<int>());
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Canonical;
using Disclosure.Contents;
using Disclosure.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Contents;

public class CommittedContentTests
{
    private static readonly CellAddress Received = new("applications", "received", "total");

    [Fact]
    public void Changes_turn_any_content_into_any_other_and_hash_the_same_however_it_was_reached()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Contents.ToArbitrary(), Contents.ToArbitrary(), (before, after) =>
        {
            var first = CommittedContent.Empty.Apply(CommittedContent.Empty.ChangesTo(before, CommittedText.NewSalt));
            var second = first.Apply(first.ChangesTo(after, CommittedText.NewSalt));
            var rebuilt = CommittedContent.Empty.Apply(second.Values.Select(value => new ContentChange(value.Key, null, value.Value)).ToList());

            return Same(second.Content, after) && rebuilt.Hash == second.Hash && second.ChangesTo(after, CommittedText.NewSalt).Count == 0;
        }));
    }

    [Fact]
    public void The_hash_is_that_of_the_opened_content_with_each_text_closed_again()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Contents.ToArbitrary(), content =>
        {
            var committed = Commit(content);
            return committed.Hash == Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Bytes(Closed(committed.Opened()))));
        }));
    }

    [Fact]
    public void A_text_keeps_its_salt_until_it_changes_so_that_an_edit_beside_it_is_small()
    {
        var before = Commit(Samples.Whole());

        var changes = before.ChangesTo(Samples.Whole().With(Received, 4711), CommittedText.NewSalt);

        var change = Assert.Single(changes);
        Assert.Equal(Received.Pointer, change.Path);
        Assert.Equal(new StoredValue.Number(4711), change.To);
    }

    [Fact]
    public void The_hash_of_the_same_words_under_other_salts_is_another_so_that_words_cannot_be_guessed() =>
        Assert.NotEqual(Commit(Samples.Whole()).Hash, Commit(Samples.Whole()).Hash);

    [Fact]
    public void The_hash_is_SHA_256_over_canonical_JSON_with_commitments_in_the_place_of_texts()
    {
        var content = ReportContent.Empty.With("/title", "标题").With("/printedDate", "2024-01-17").With("/source/marks/0", "[x]")
            .With("/source/marks/1", "[y]").With(Received, 7730.280m);
        var committed = CommittedContent.Empty.Apply(CommittedContent.Empty.ChangesTo(content, () => "000102030405060708090a0b0c0d0e0f"));

        string Commitment(string text) =>
            Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), .. Encoding.UTF8.GetBytes(text)]));
        var canonical = string.Join("",
            "{\"printedDate\":\"2024-01-17\",",
            $"\"source\":{{\"marks\":[\"{Commitment("[x]")}\",\"{Commitment("[y]")}\"]}},",
            "\"tables\":{\"applications\":{\"received\":{\"total\":7730.28}}},",
            $"\"title\":\"{Commitment("标题")}\"}}");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), committed.Hash);
    }

    private static JsonNode? Closed(JsonNode? node) => node switch
    {
        JsonObject members when members["salt"] is { } salt => new CommittedText(members["text"]!.GetValue<string>(), salt.GetValue<string>()).Commitment,
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Closed(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Closed)]),
        _ => node?.DeepClone(),
    };

    private static CommittedContent Commit(ReportContent content) =>
        CommittedContent.Empty.Apply(CommittedContent.Empty.ChangesTo(content, CommittedText.NewSalt));

    private static bool Same(ReportContent a, ReportContent b) =>
        a.Cells.Count == b.Cells.Count && a.Cells.All(cell => b.Cell(cell.Key) == cell.Value) && a.Words.SequenceEqual(b.Words);

    private static readonly CellAddress[] Addresses = [.. KnownFormats.All.SelectMany(format => format.Tables).SelectMany(table => table.Cells).Select(cell => cell.Address)];

    private static Gen<ReportContent> Contents { get; } =
        from cells in Gen.Choose(0, Addresses.Length - 1).Zip(Gen.Choose(0, 100_000)).ListOf(30)
        from words in Gen.Elements("/title", "/sections/overview", "/contact/office", "/forms/proactive", "/source/marks/0", "/source/marks/2", "/source/marks/10").Zip(Gen.Elements("", "一", "二\n三", "2021", "\"\\\u0001𠮷")).ListOf(6)
        select words.Aggregate(
            cells.Aggregate(ReportContent.Empty, (content, cell) => content.With(Addresses[cell.Item1], cell.Item2 / 100m)),
            (content, word) => content.With(word.Item1, word.Item2));
}

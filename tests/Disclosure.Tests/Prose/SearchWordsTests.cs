using Disclosure.Prose;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Prose;

/// <summary>What a text can be found by.</summary>
public sealed class SearchWordsTests
{
    [Fact]
    public void Chinese_is_parted_into_pairs_and_other_letters_into_runs() => Assert.Equal(
        [("政务", 1), ("务公", 2), ("公开", 3), ("开", 4), ("2023", 5), ("年", 6), ("app", 8)],
        SearchWords.Of("政务公开２０２３年，App").Select(word => (word.Word, word.Place)));

    [Theory]
    [InlineData("公开", "'公开'")]
    [InlineData("政务公开", "'政务' <1> '务公' <1> '公开'")]
    [InlineData("开", "'开':*")]
    [InlineData("公开2023年", "'公开' <2> '2023' <1> '年':*")]
    public void A_term_is_asked_for_as_a_phrase(string term, string condition) => Assert.Equal(condition, SearchWords.Condition(term));

    [Theory]
    [InlineData("公开", "'公开'")]
    [InlineData("政务公开", "'政务' & '务公' & '公开'")]
    [InlineData("第711号", "'711'")]
    [InlineData("公开与公开", "'公开' & '开与' & '与公'")]
    [InlineData("开", "'开':*")]
    public void Its_words_alone_are_what_an_index_can_tell(string term, string condition) => Assert.Equal(condition, SearchWords.Gathering(term));

    [Theory]
    [InlineData("政务公开", "'^政务' & '^务公' & '^公开'")]
    [InlineData("开", "'^开':*")]
    public void The_words_of_names_are_told_from_those_of_prose_by_a_mark(string term, string condition) => Assert.Equal(condition, SearchWords.Gathering(term, SearchWords.NameMark));

    [Fact]
    public void The_words_of_a_term_are_in_each_text_that_it_stands_in() => Prop.ForAll(Gen.ListOf(Gen.Elements("政", "务", "公", "开", "7", "年", "，")).Select(string.Concat).Three().ToArbitrary(), texts =>
    {
        var (before, term, after) = texts;
        var words = SearchWords.Of(before + "，" + term + "，" + after).Select(word => word.Word).ToHashSet(StringComparer.Ordinal);
        return SearchWords.Gathering(term).Split('\'').Where((_, i) => i % 2 == 1).All(asked => words.Any(word => word.StartsWith(asked, StringComparison.Ordinal)));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void A_question_is_parted_at_blanks_and_loses_what_holds_no_word() =>
        Assert.Equal(["政务公开", "(2023)"], SearchWords.Terms("　政务公开 、、 （2023） 政务公开"));

    /// <summary>No question may become another statement, whatever is typed.</summary>
    [Fact]
    public void A_condition_holds_letters_and_digits_alone() => Prop.ForAll<string>(term =>
        (SearchWords.Condition(term ?? "") + SearchWords.Gathering(term ?? "")).Split('\'').Where((_, i) => i % 2 == 1).All(word => word.Length > 0 && word.All(char.IsLetterOrDigit))).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void A_passage_tells_where_a_term_stands_as_it_was_printed()
    {
        var (from, to) = SearchWords.Find(FoldedText.Of("全年新收 政 务\n公开申请２３件"), "政务公开")!.Value;
        Assert.Equal("政 务\n公开", "全年新收 政 务\n公开申请２３件"[from..to]);
    }

    /// <summary>As in the index, one mark is as good as another.</summary>
    [Theory]
    [InlineData("国办公开办函〔2021〕30号", "国办公开办函〔2021〕30号")]
    [InlineData("国办公开办函[2021]30号", "国办公开办函〔2021〕30号")]
    [InlineData("〔2021〕30号", "2021〕30号")]
    [InlineData("政策解读,新闻发布", "政策解读、新闻发布")]
    [InlineData("〈中华人民共和国", "中华人民共和国")]
    public void Passages_are_told_whatever_marks_are_typed(string question, string found)
    {
        const string Prose = "依据〈中华人民共和国政府信息公开条例〉（国办公开办函〔2021〕30号）开展政策解读、新闻发布。";

        var (from, to) = SearchWords.Find(FoldedText.Of(Prose), Assert.Single(SearchWords.Terms(question)))!.Value;

        Assert.Equal(found, Prose[from..to]);
    }
}

using Disclosure.Prose;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Prose;

/// <summary>What prose is seen to say, and that it is pointed at where it is printed.</summary>
public class ProseTests
{
    private const string Alphabet = "收到申请件年月日（）()，。；\n 　０１２３89一二十万《》〈〉〔〕⽤⾏⺠〇○-";

    [Fact]
    public void What_is_found_in_the_folded_text_stands_at_its_printed_place() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements(Alphabet.ToCharArray()).ArrayOf().Select(letters => new string(letters)).ToArbitrary(),
        printed =>
        {
            var folded = FoldedText.Of(printed);
            return Enumerable.Range(0, folded.Text.Length).All(i =>
                folded.Printing(i, i + 1) is var (from, to) && to == from + 1
                && (folded.Text[i] is ' ' or '\n' || FoldedText.Of(printed[from..to]).Text == folded.Text[i].ToString())
                && (i == 0 || from > folded.Printing(i - 1, i).From));
        }));

    [Fact]
    public void Widths_radicals_and_broken_lines_do_not_hide_words()
    {
        var folded = FoldedText.Of("共受理政府信\n息公开申请 ２１件，⾏政复议\n5 件。\n（二）管理");

        Assert.Equal("共受理政府信息公开申请21件,行政复议5件。\n(二)管理", folded.Text);
        Assert.Equal("２１件", folded.Quote(folded.Text.IndexOf("21件", StringComparison.Ordinal), folded.Text.IndexOf("21件", StringComparison.Ordinal) + 3));
    }

    [Fact]
    public void Blanks_between_two_numbers_keep_them_apart() => Assert.Equal("电话0451-86527733 8234", FoldedText.Of("电话0451- 86527733 8234").Text);

    [Fact]
    public void A_PDF_that_breaks_a_number_apart_makes_no_new_one() => Assert.DoesNotContain("2024100", FoldedText.Of("2024\n100条").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("收到申请21件", "21件")]
    [InlineData("公开信息5500余条", "~5500条")]
    [InlineData("公开信息约1.2万条", "~12000条")]
    [InlineData("收取3.5万元", "35000元")]
    [InlineData("占32.05%", "32.05%")]
    [InlineData("收到申请三十二件，答复两件", "32件 2件")]
    [InlineData("第3次、一次性、一件事一次办、2023年12月31日、〔2021〕30号", "")]
    [InlineData("上升3个百分点", "3百分点")]
    public void Quantities_are_numbers_with_a_unit(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Quantity.In(FoldedText.Of(text).Text).Select(found => $"{(found.IsRounded ? "~" : "")}{found.Value:0.##}{found.Unit}")));

    [Theory]
    [InlineData("《甲办法》（国办函〔2020〕109号）", "甲办法|国办函〔2020〕109号")]
    [InlineData("《甲办法》国办函[2020]109号", "甲办法|国办函〔2020〕109号")]
    [InlineData("《甲办法》(国办函【2020】109号)", "甲办法|国办函〔2020〕109号")]
    [InlineData("《条例》（中华人民共和国国务院令第711号）", "条例|中华人民共和国国务院令第711号")]
    [InlineData("《关于印发〈甲〉的通知》、《乙》（云政办发〔2023〕5号）", "关于印发〈甲〉的通知| 乙|云政办发〔2023〕5号")]
    [InlineData("《关于印发《甲》的通知》", "关于印发《甲》的通知|")]
    [InlineData("新河路18号，《没有结束的书名", "")]
    public void Titles_are_read_with_the_number_that_follows(string text, string expected)
    {
        var folded = FoldedText.Of(text).Text;

        Assert.Equal(expected, string.Join(' ', Citation.In(folded, DocumentNumber.In(folded)).Select(found => $"{found.Title}|{found.Number?.Standard}")));
    }

    [Fact]
    public void Long_hostile_text_is_read_in_linear_time()
    {
        foreach (var piece in new[] { "《", "1,", "一", "(", "号", "1", "\n", "〔2020〕", "万", "1 " })
        {
            var folded = FoldedText.Of(string.Concat(Enumerable.Repeat(piece, 100_000))).Text;
            Assert.NotNull(Quantity.In(folded));
            Assert.NotNull(Citation.In(folded, DocumentNumber.In(folded)));
            Assert.NotNull(Identifiers.Numbers(folded).ToList());
        }
    }

    [Fact]
    public void Every_identity_number_is_known_by_its_check_character_and_by_no_other() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 40_000).SelectMany(days => Gen.Choose(0, 999), (days, serial) => (Days: days, Serial: serial)).ToArbitrary(),
        person =>
        {
            var body = $"110105{new DateOnly(1910, 1, 1).AddDays(person.Days):yyyyMMdd}{person.Serial:D3}";
            var right = Identifiers.IdCheckCharacter(body);
            return "0123456789X".All(check => Identifiers.IsIdentityCard(body + check, 2030) == (check == right));
        }));

    [Theory]
    [InlineData("6222020200112233440", false)]
    [InlineData("4111111111111111", true)]
    [InlineData("9999999999999995", false)]
    public void Cards_are_known_by_opening_and_check(string number, bool isCard) => Assert.Equal(isCard, Identifiers.IsBankCard(number));

    [Fact]
    public void Digits_of_an_address_on_the_net_are_no_number_of_their_own() =>
        Assert.Empty(Identifiers.Numbers("https://www.example.gov.cn/art/13812345678.html?id=13812345678"));
}

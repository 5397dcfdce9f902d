using System.Text;
using Disclosure.Prose;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Prose;

public class NumeralTests
{
    private const string Plain = "零一二三四五六七八九";
    private const string Formal = "零壹贰叁肆伍陆柒捌玖";

    [Theory]
    [InlineData("3119件", 3119)]
    [InlineData("11,398,889件", 11398889)]
    [InlineData("12.5万元", 125000)]
    [InlineData("三十二件", 32)]
    [InlineData("十件", 10)]
    [InlineData("两百零五件", 205)]
    [InlineData("二〇二三年", 2023)]
    [InlineData("一万两千件", 12000)]
    [InlineData("3亿元", 300000000)]
    [InlineData("1,23条", 1)]
    public void Numbers_are_read_as_reports_print_them(string text, long value) => Assert.Equal(value, Numeral.At(FoldedText.Of(text).Text, 0)!.Value.Value);

    [Theory]
    [InlineData("十百")]
    [InlineData("万件")]
    [InlineData("99999999999999999999999999件")]
    [InlineData("件")]
    public void What_is_no_number_is_not_read_as_one(string text) => Assert.Null(Numeral.At(text, 0));

    [Fact]
    public void Every_number_written_in_Chinese_is_read_back() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 999_999_999).Select(value => (long)value).ToArbitrary(),
        value => Numeral.At(Write(value, Plain, "十百千"), 0) == (value, Write(value, Plain, "十百千").Length)
            && Numeral.At(Write(value, Formal, "拾佰仟"), 0)?.Value == value
            && Numeral.At($"{value}件", 0)?.Value == value
            && Numeral.At($"{value:N0}件", 0)?.Value == value));

    /// <summary>As numbers are written out: 一万二千零五.</summary>
    private static string Write(long value, string digits, string units)
    {
        if (value == 0)
        {
            return digits[..1];
        }
        var written = new StringBuilder();
        foreach (var (scale, name) in new[] { (100_000_000L, "亿"), (10_000L, "万"), (1L, "") })
        {
            var section = (int)(value / scale % 10_000);
            if (section == 0)
            {
                continue;
            }
            written.Append(written.Length > 0 && section < 1_000 ? digits[..1] : "").Append(Section(section, digits, units)).Append(name);
        }
        return written.ToString();
    }

    private static string Section(int section, string digits, string units)
    {
        var written = new StringBuilder();
        var gap = false;
        for (var place = 3; place >= 0; place--)
        {
            var digit = section / (int)Math.Pow(10, place) % 10;
            gap |= digit == 0 && written.Length > 0;
            if (digit > 0)
            {
                written.Append(gap ? digits[..1] : "").Append(digits[digit]).Append(place > 0 ? units[place - 1].ToString() : "");
                gap = false;
            }
        }
        return written.ToString();
    }
}

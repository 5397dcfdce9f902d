using System.Text;
using Disclosure.Rules;

namespace Disclosure.Tests.Rules;

/// <summary>Whatever stands in a section, and however long it goes on, the rules have looked at it soon.</summary>
public class HostileProseTests
{
    private const int Length = 100_000;

    /// <summary>What grows faster than the text would take minutes.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Pieces =>
    [
        "新收政府信息公开申请1件，", "申请1件、", "答复申请1件，占1%，", "申请3件占9%、", "结转下年度1件，", "行政复议1件（其中", "其中申请2件，7件，", "2023年申请1件，", "上年", "涉密不予公开，",
        "申请人王某，", "收费1元，", "《政府信息公开条例》第1条，", "国办发〔2021〕1号、", "通过网站公开信息1条，", "两个方面：一是", "1，", "政",
    ];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void A_section_without_a_stop_is_judged_in_time(string piece)
    {
        var flood = new StringBuilder().Insert(0, piece, Length / piece.Length).ToString();
        var filing = Samples.Filing(2023) with { Content = Samples.Whole().With("/sections/overview", flood) };
        var since = WorkTime.Now;
        Assert.NotNull(RuleBook.Assess(new RuleInput(2023, filing, Surroundings.Unknown)));
        Assert.True(WorkTime.Now - since < _limit, $"{WorkTime.Now - since} for \"{piece}\"");
    }
}

using Disclosure.Agencies;

namespace Disclosure.Tests.Agencies;

public class UnifiedCodeTests
{
    // Codes of real bodies, and the worked example of the standard, whose own check character is wrong.
    [Theory]
    [InlineData("11370322004222241N", true)]
    [InlineData("113325000026455663", true)]
    [InlineData("11341702486344515H", true)]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("91350100M000100Y4Z", false)]
    [InlineData("11370322004222241M", false)]
    [InlineData("11370322004222214N", false)]
    [InlineData("1137032200422224", false)]
    [InlineData("11370322004222241n", false)]
    [InlineData("I1370322004222241N", false)]
    [InlineData("", false)]
    public void The_last_character_checks_the_others(string code, bool valid) => Assert.Equal(valid, UnifiedCode.IsValid(code));

    [Theory]
    [InlineData("11370322004222241N", true)]
    [InlineData("113325000026455663", true)]
    [InlineData("91350100M000100Y43", null)]
    [InlineData(Samples.Agency, true)]
    [InlineData(Samples.Office, true)]
    public void The_organisation_code_inside_is_checked_where_its_letters_leave_no_doubt(string code, bool? valid) =>
        Assert.Equal(valid, UnifiedCode.HasValidOrganisationCode(code));

    [Fact]
    public void Any_single_wrong_character_is_found()
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        for (var i = 0; i < Samples.Agency.Length; i++)
        {
            foreach (var other in alphabet.Where(c => c != Samples.Agency[i]))
            {
                Assert.False(UnifiedCode.IsValid(Samples.Agency.Remove(i, 1).Insert(i, other.ToString())));
            }
        }
    }
}

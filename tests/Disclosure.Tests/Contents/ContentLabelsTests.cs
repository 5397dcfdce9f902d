using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Tests.Contents;

public class ContentLabelsTests
{
    [Fact]
    public void Every_place_that_content_has_is_called_something()
    {
        var places = ContentShape.Slots.Select(slot => slot.Path.Replace("*", "0"))
            .Concat(KnownFormats.All.SelectMany(format => format.Tables).SelectMany(table => table.Cells).Select(cell => cell.Address.Pointer));

        Assert.All(places, place => Assert.DoesNotContain("/" + place.Split('/')[1], ContentLabels.Of(place)));
    }

    [Fact]
    public void No_two_cells_of_a_table_are_called_the_same() =>
        Assert.All(KnownFormats.All.SelectMany(format => format.Tables), table => Assert.Distinct(table.Cells.Select(ContentLabels.Of)));

    [Fact]
    public void A_cell_is_called_by_the_labels_of_its_row_and_column() =>
        Assert.Equal(
            "三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密 / 法人或其他组织 / 商业企业",
            ContentLabels.Of("/tables/applications/refused.stateSecret/enterprise", Format2021.Value));
}

using TopBalance.Workbench.Records;

namespace TopBalance.Workbench.Tests.Records;

public class CellRangesTests
{
    [Theory]
    [InlineData("cell 1, 2, 3, 4, 7.", "cell 1–4, 7.")]
    [InlineData("cell 1, 2, 18, 19, 20, 50", "cell 1, 2, 18–20, 50")]
    [InlineData("cell 3, 5.", "cell 3, 5.")]
    [InlineData("3.57 V per cell, expected 3.58 V within 0.067 V.", "3.57 V per cell, expected 3.58 V within 0.067 V.")]
    [InlineData("1.5, 2.5, 3.5 A", "1.5, 2.5, 3.5 A")]
    public void A_long_list_of_cells_is_told_in_short_and_nothing_else_is_touched(string sentence, string shown)
    {
        CellRanges.In(sentence).ShouldBe(shown);
    }
}

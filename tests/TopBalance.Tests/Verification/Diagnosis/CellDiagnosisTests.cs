using Xunit.Abstractions;

namespace TopBalance.Tests.Verification.Diagnosis;

public class CellDiagnosisTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("shunt-dead")]
    [InlineData("shunt-stuck-on")]
    [InlineData("threshold-off")]
    [InlineData("capacity-mismatch")]
    public void A_fault_of_one_cell_is_named_from_what_was_seen(string code) =>
        Detection.Count(code, Scenarios.Wrong, output).ShouldBeGreaterThanOrEqualTo(Detection.Most);
}

public class CurrentDiagnosisTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("resistance-high")]
    [InlineData("resistance-low")]
    [InlineData("loose-lug")]
    public void What_moves_with_the_current_is_told_from_imbalance(string code) =>
        Detection.Count(code, Scenarios.Wrong, output).ShouldBeGreaterThanOrEqualTo(Detection.Most);
}

using Xunit.Abstractions;

namespace TopBalance.Tests.Verification.Diagnosis;

public class JobDiagnosisTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("charger-outruns-shunts")]
    [InlineData("set-point-below-balance")]
    [InlineData("doses-too-small")]
    [InlineData("doses-overshoot")]
    [InlineData("imbalance-too-great")]
    public void A_way_of_working_that_cannot_get_there_is_named(string code) =>
        Detection.Count(code, null, output).ShouldBeGreaterThanOrEqualTo(Detection.Most);

    [Theory]
    [InlineData("one-cell-apart")]
    [InlineData("rogue-cell")]
    public void One_cell_that_all_others_wait_for_is_named(string code) =>
        Detection.Count(code, Scenarios.Wrong, output).ShouldBeGreaterThanOrEqualTo(Detection.Most);
}

using System.Collections.Immutable;
using TopBalance.Workbench.Validation.Cases;

namespace TopBalance.Workbench.Validation;

/// <summary>Every comparison with measured data: the next one is a file in <c>Cases</c> and a line here.</summary>
public static class ValidationCases
{
    /// <summary>The cases in the order of the document.</summary>
    public static ImmutableArray<IValidationCase> All { get; } =
    [
        new DrivingProfiles(),
        new SlowKnee(),
        new UsualKnee(),
        new FullRest(),
        new SecondCell(),
        new BalancingRun(),
        new PackCharges(),
    ];
}

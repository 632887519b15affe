using System.Collections.Immutable;

namespace TopBalance.Verification.Setup;

/// <summary>The rules of the setup check. The next rule is one file and one line here.</summary>
internal static class SetupRules
{
    /// <summary>In the order in which a builder would go through them.</summary>
    public static ImmutableArray<ISetupRule> All { get; } =
    [
        new CellBelowLvc(),
        new ChargerSetPoint(),
        new SetPointAboveMax(),
        new ModuleVariant(),
        new Temperature(),
        new Trusted(),
        new TerminationCurrent(),
        new ChargerCurrent(),
        new BenchSuppliesFloating(),
        new SmartCharger12V(),
        new DrainLoad(),
        new BenchSetPoint(),
        new BenchCurrent(),
        new Interlock(),
        new HighVoltage(),
        new ModuleCount(),
        new HvcBeforeCharger(),
        new FirstChargeHours(),
        new BalancingHours(),
        new PlaceholderData(),
    ];
}

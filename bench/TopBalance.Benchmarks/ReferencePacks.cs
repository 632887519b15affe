using TopBalance.Chemistry;
using TopBalance.Simulation;
using TopBalance.Tests.Reference;

namespace TopBalance.Benchmarks;

/// <summary>The packs of the reference cases, their cells of one type and scaled, as packs are drawn from a pack file.</summary>
internal static class ReferencePacks
{
    // a power of two: a resistance divided and multiplied by it comes out to the last bit
    private const double Ohms = 1.0 / 1024;

    private static readonly CellParameters OneType = TypeOf(ReferenceData.CaseA());

    /// <summary>Case A.</summary>
    public static PackModel CaseA() => Scaled(ReferenceData.CaseA());

    /// <summary>Case C.</summary>
    public static PackModel[] CaseC() => [.. ReferenceData.CaseC().Select(Scaled)];

    private static CellParameters TypeOf(PackModel pack)
    {
        CellParameters first = pack.Cells[0].Members[0].Parameters;
        ResistanceCurve unit = ResistanceCurve.Constant(Ohms);
        return new CellParameters(first.Ocv, unit, [first.RcPairs[0] with { Resistance = unit }]);
    }

    private static PackModel Scaled(PackModel pack) =>
        new([.. pack.Cells.Select(c => c with { Members = [.. c.Members.Select(Scaled)] })], pack.Module, pack.Charger, pack.MaxVoltage);

    private static MemberModel Scaled(MemberModel member)
    {
        RcPair pair = member.Parameters.RcPairs[0];
        return new MemberModel(OneType, member.CapacityAh, member.InitialSoc)
        {
            R0Scale = member.Parameters.R0.At(0.5, charging: true) / Ohms,
            R1Scale = pair.Resistance.At(0.5, charging: true) / Ohms,
            Tau1Seconds = pair.TimeConstant.Value,
        };
    }
}

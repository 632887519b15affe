using System.Collections.Immutable;
using TopBalance.Verification.Diagnosis;
using Xunit.Abstractions;

namespace TopBalance.Tests.Verification.Diagnosis;

public class SoundPackDiagnosisTests(ITestOutputHelper output)
{
    private const int Packs = 20;
    private static readonly string[] Faults = [.. Hypotheses.All.OfType<CellFault>().Select(f => f.Code)];

    [Fact]
    public void A_sound_pack_is_hardly_ever_blamed_on_a_cell()
    {
        int blamed = 0;
        for (ulong seed = 1; seed <= Packs; seed++)
        {
            Scenario scenario = Scenarios.Sound(seed);
            ImmutableArray<DiagnosisFinding> findings = PackDiagnosis.Of(scenario.Pack, scenario.Seen, seed);
            output.WriteLine($"seed {seed}: {Detection.Table(findings)}");
            blamed += findings.Any(f => f.Probability > 0.5 && Faults.Contains(f.Code)) ? 1 : 0;
        }

        // 95 % of them
        blamed.ShouldBeLessThanOrEqualTo(Packs / 20);
    }
}

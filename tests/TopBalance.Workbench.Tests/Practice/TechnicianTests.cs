using TopBalance.Acceptance.Calibration;
using TopBalance.Acceptance.Sessions;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Practice;

/// <summary>A technician with mistakes follows the advice; <c>bench/sessions</c> sends a thousand of them.</summary>
public class TechnicianTests
{
    private const int Runs = 20, Cells = 6;

    [Fact]
    [Trait("Category", "Slow")]
    public void Whoever_follows_the_advice_ends_in_a_true_pass_or_an_honest_fail_and_harms_no_cell()
    {
        var drawn = new RandomPacks(PackTrial.Parts(PartLibrary.BesideProgram));
        for (ulong seed = 1; seed <= Runs; seed++)
        {
            PackSpec pack = SessionBench.OfAtMost(drawn.Draw(seed), Cells);
            string method = SessionBench.MethodFor(pack, seed);

            SessionRun run = Technician.Follow(pack, seed, method);

            run.Hazards.ShouldBeEmpty($"seed {seed}, {method}");
            run.Reached.ShouldBeTrue($"seed {seed}, {method}: {run}");
        }
    }
}

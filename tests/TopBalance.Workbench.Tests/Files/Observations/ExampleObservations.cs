using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files.Observations;

/// <summary>The examples' notes are what somebody at the example packs would have written down.</summary>
public sealed class ExampleObservations
{
    // minutes are noted whole, and how long a pack stood between two entries is not noted at all
    private const double RoundingSeconds = 90;

    // what somebody needs from one thing to the next
    private static readonly Rest Between = new() { Duration = new Seconds(120) };

    public static TheoryData<string> Names => [.. Noted];

    private static string[] Noted => [.. Directory.EnumerateFiles(Folder, "*.observations.yaml").Select(Pack).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Repository.Root, "examples");

    private static string Pack(string observations) => Path.GetFileName(observations)[..^".observations.yaml".Length];

    private static (PackSpec Pack, ImmutableArray<ObservationEntry> Entries) Read(string name)
    {
        string path = Path.Combine(Folder, name);
        PackSpec pack = PackFile.Load(path + ".yaml", new DiskFiles(), new PartLibrary(Repository.Root)).Spec;
        return (pack, ObservationFile.Read(path + ".observations.yaml", pack).Entries);
    }

    [Fact]
    public void Every_example_that_is_a_pack_to_build_has_notes() =>
        Noted.ShouldBe(["balanced-50s", "ev-50s2p-calb", "four-cells", "offgrid-16s-eve", "winston-45s"]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Notes_are_read_and_written_back(string name)
    {
        (PackSpec pack, ImmutableArray<ObservationEntry> entries) = Read(name);
        string text = ObservationText.Write(entries.Select(e => e.Seen));

        ObservationText.Write(ObservationSamples.Read(text, pack).Entries.Select(e => e.Seen)).ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Notes_tell_what_the_pack_does_when_it_is_played(string name)
    {
        (PackSpec pack, ImmutableArray<ObservationEntry> entries) = Read(name);
        var steps = new List<(Step Step, ObservationEntry? Entry)>();
        foreach (ObservationEntry entry in entries)
        {
            if (Played(entry.Seen) is not { } step)
            {
                continue;
            }

            if (step is not (Rest or ResetIgnition) && steps.Count > 0 && steps[^1].Step is not (Rest or ResetIgnition))
            {
                steps.Add((Between, null));
            }

            steps.Add((step, entry));
        }

        PackRun run = new PackSimulator().Run(PackDraw.Draw(pack), [.. steps.Select(s => s.Step)]);
        for (int k = 0; k < steps.Count; k++)
        {
            if (steps[k].Entry is { } entry)
            {
                Compare(entry, run, run.Steps[k]);
            }
        }
    }

    // with the end left open where the pack decides it
    private static Step? Played(Observation seen) => seen switch
    {
        ChargeSeen { Ended: ChargeEnding.Hvc or ChargeEnding.Charged } charge => charge.Step with { Limit = null },
        CellChargeSeen { Ended: CellChargeEnding.Red } charge => charge.Step with { Limit = null, UntilRed = true },
        CellChargeSeen charge => charge.Step,
        DrainSeen drain => drain.Step,
        RestSeen rest => rest.Step,
        ResetSeen => new ResetIgnition(),
        UseSeen use => new Drive { Current = new Amperes(30), Charge = use.Charge },
        _ => null,
    };

    private static void Compare(ObservationEntry entry, PackRun run, StepOutcome outcome)
    {
        var cells = new CellState[run.Model.Cells.Length];
        run.StateAt(new Seconds(outcome.EndSeconds), cells);
        (Seconds? noted, LampsSeen? lamps) = entry.Seen switch
        {
            ChargeSeen charge => (charge.Step.Limit, charge.Lamps),
            CellChargeSeen charge => (charge.Step.Limit, null),
            _ => (null, (LampsSeen?)null),
        };
        if (noted is { } seconds)
        {
            (outcome.EndSeconds - outcome.StartSeconds).ShouldBe(seconds.Value, RoundingSeconds, entry.Text);
        }

        if (entry.Seen is ChargeSeen { Tripped: { Sight: TripSight.Cell, Cell: var tripped } })
        {
            CellNumber.FromIndex(outcome.Cell).ShouldBe(tripped!.Value, entry.Text);
        }

        foreach (int index in Enumerable.Range(0, lamps is null ? 0 : cells.Length))
        {
            LampSight sight = lamps!.Of(CellNumber.FromIndex(index));
            (sight == LampSight.NotSeen || (sight == LampSight.Lit) == cells[index].ShuntOn).ShouldBeTrue($"cell {index + 1}: {entry.Text}");
        }
    }
}

using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Workbench.Records.Parts;

/// <summary>What every cell lacks, how far they are apart and what the pack gives, at the end of the first and the last charge.</summary>
internal static class CellsPart
{
    // an interval that is hardly narrower than the one before anything was seen says nothing of the cell
    private const double ToldShare = 0.95;
    private const int DrawCount = 400;
    private const ulong DrawSeed = 0x5E7;

    public static CellsSheet Of(RecordCase of)
    {
        PackSpec pack = of.Session.Pack;
        double[] prior = [.. Belief.Before(pack, of.Session.Seed).Cells().Select(c => c.ToFullAh.Width)];
        ImmutableArray<Figure> before = ToFull(of.Before, prior, 1), after = ToFull(of.After, prior, 2);
        ImmutableArray<CellEstimate> last = of.After?.Cells() ?? [];
        bool known = !before.Concat(after).Any(f => f is Figure.NotKnown);
        double nameplate = pack.Cell.Capacity.Value * pack.Parallel;
        return new CellsSheet(
            of.FirstEnded < 0 ? Sheet.NotKnown("record.before.none") : Sheet.Computed("record.before"),
            After(of),
            [
                .. Enumerable.Range(0, pack.Series).Select(c => new CellRow(
                    c + 1, before[c], after[c], ChargesPart.Lamp(of.Verdict.LampOf(c)),
                    after[c] is Figure.NotKnown ? "" : Sheet.Clean(last[c].Evidence))),
            ])
        {
            Apart = new BeforeAfter(
                Drawn(of.Before, before, static p => p.ToFullAh().Max() - p.ToFullAh().Min()),
                Drawn(of.After, after, static p => p.ToFullAh().Max() - p.ToFullAh().Min())),
            Usable = new BeforeAfter(
                Drawn(of.Before, before, static p => p.UsableAh()), Drawn(of.After, after, static p => p.UsableAh())),
            Nameplate = new Figure.Stated(nameplate, "Ah", 1),
            UsableRests = known ? Sheet.Computed("record.usable.rests") : Sheet.NotKnown("record.usable.nameplate"),
        };
    }

    private static Remark After(RecordCase of) => of.FirstEnded < 0 ? Sheet.NotKnown("record.after.none")
        : of.Verdict.WorkSince ? Sheet.Computed("record.after.worked-since") : Sheet.Computed("record.after");

    private static ImmutableArray<Figure> ToFull(Belief? belief, double[] prior, int digits) => belief is null
        ? [.. prior.Select(_ => Sheet.Unknown("record.cell.no-charge"))]
        : [.. belief.Cells().Select((c, k) => Told(c, prior[k])
            ? new Figure.Computed(c.ToFullAh, "Ah", digits) : Sheet.Unknown("record.cell.nothing-seen"))];

    private static bool Told(CellEstimate cell, double priorWidth) =>
        cell.Lamp != LampSight.NotSeen || cell.ToFullAh.Width < ToldShare * priorWidth;

    // of the whole pack nothing is known while a single cell is not
    private static Figure Drawn(Belief? belief, ImmutableArray<Figure> cells, Func<BelievedPack, double> figure)
    {
        if (belief is null || cells.Any(c => c is Figure.NotKnown))
        {
            return Sheet.Unknown("record.pack.unknown");
        }

        double[] drawn = [.. belief.Draws(DrawCount, DrawSeed).Select(figure).Order()];
        double Point(double share) => drawn[(int)(share * (DrawCount - 1))];
        return new Figure.Computed(new Interval90(Point(0.05), Point(0.5), Point(0.95)), "Ah", 1);
    }
}

namespace TopBalance.Inference;

/// <summary>
/// A few cells whose sum is known: one stands high because the others stand low. The cells are drawn in turn, each given the others, with a
/// sum that is first taken loosely and then more and more strictly; what is left of a cell in a draw is what the last others leave it.
/// </summary>
public sealed partial class Belief
{
    // the sum of more cells says next to nothing of one of them
    private const int MostSharing = 16;

    private const int Sweeps = 10;
    private const double LooseVolts = 0.15;

    // the drawing by which voltages are read
    private TopCharge reading;

    private readonly List<(Slice Piece, double Volts)>[] sharing = new List<(Slice, double)>[MostSharing];

    private void ShareOut(RowCharge charge, int draw, TopCharge last)
    {
        int count = charge.Cells.Count;
        if (count > MostSharing)
        {
            return;
        }

        double set = charge.Volts * (1 + shared[draw].SetpointError) - (charge.LeadOhms * (charge.EndAmps ?? charge.Amps));
        reading = last;
        Span<double> volts = stackalloc double[count];
        volts.Fill(set / count);
        for (int c = 0; c < count; c++)
        {
            CutUp(draw, charge.Cells.First + c, sharing[c] ??= []);
        }

        // below a few millivolts the pieces are coarser than the sum
        double strict = Math.Max(0.001 * set, 0.005);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            double sigma = LooseVolts * Math.Pow(strict / LooseVolts, sweep / (Sweeps - 1.0));
            for (int c = 0; c < count; c++)
            {
                volts[c] = Draw(sharing[c], Left(set, volts, c), sigma);
            }
        }

        for (int c = 0; c < count; c++)
        {
            Leave(draw, charge.Cells.First + c, sharing[c], Left(set, volts, c), strict);
        }

        reading = top;
    }

    // what the others leave for one cell
    private static double Left(double set, ReadOnlySpan<double> volts, int cell)
    {
        double left = set + volts[cell];
        foreach (double each in volts)
        {
            left -= each;
        }

        return left;
    }

    private void CutUp(int draw, int cell, List<(Slice Piece, double Volts)> pieces)
    {
        pieces.Clear();
        Span<double> cuts = stackalloc double[RowFigures.MostParts + 1];
        foreach (Slice s in Of(draw, cell).Items)
        {
            int parts = Cut(s, error.MeterSigmaVolts, atTop: true, cuts);
            for (int p = 0; p < parts; p++)
            {
                Slice piece = s;
                (piece.Low, piece.High) = (cuts[p], cuts[p + 1]);
                piece.Weight *= s.Width > 0 ? piece.Width / s.Width : 1;
                pieces.Add((piece, VoltsOf(piece, piece.Middle, atTop: true)));
            }
        }
    }

    private double Draw(List<(Slice Piece, double Volts)> pieces, double left, double sigma)
    {
        double sum = 0;
        foreach ((Slice piece, double volts) in pieces)
        {
            sum += piece.Weight * Fit(left, volts, sigma);
        }

        double at = random.NextUniform() * sum;
        foreach ((Slice piece, double volts) in pieces)
        {
            at -= piece.Weight * Fit(left, volts, sigma);
            if (at <= 0)
            {
                return volts;
            }
        }

        return pieces[^1].Volts;
    }

    // nothing is so far away that a cell could not be drawn at all
    private static double Fit(double left, double volts, double sigma) => Bell((left - volts) / sigma) + 1e-9;

    private void Leave(int draw, int cell, List<(Slice Piece, double Volts)> pieces, double left, double sigma)
    {
        int written = 0;
        foreach ((Slice piece, double volts) in pieces)
        {
            Slice kept = piece;
            kept.Weight *= ((1 - WrongReading) * Bell((left - volts) / sigma)) + (WrongReading * 0.05);
            row.Pieces[written++] = kept;
        }

        Settle(Of(draw, cell), written);
    }
}

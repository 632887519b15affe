namespace TopBalance.Inference;

/// <summary>
/// Charge to full, as a share of capacity, at which a charged cell first shows a voltage: against the voltage and the cell's resistance
/// factor, on even grids, so that a look-up costs nothing.
/// </summary>
internal sealed class TopTable
{
    public const int Rows = 9;
    private const double LeastFactor = 0.4, FactorStep = 0.2, VoltStep = 0.004;
    private readonly double[] share;
    private readonly double firstVolts;
    private readonly int columns;

    /// <param name="fromVolts">Lowest voltage, V.</param>
    /// <param name="toVolts">Highest voltage, V.</param>
    public TopTable(double fromVolts, double toVolts)
    {
        firstVolts = fromVolts;
        columns = (int)Math.Ceiling((toVolts - fromVolts) / VoltStep) + 1;
        share = new double[Rows * columns];
    }

    /// <summary>Fills the table from a drawing of OCV and polarisation against charge to full.</summary>
    /// <param name="shares">Charge to full, falling as the cell is charged.</param>
    /// <param name="ocv">V there.</param>
    /// <param name="polarisation">V there for a cell of factor 1.</param>
    public void Fill(ReadOnlySpan<double> shares, ReadOnlySpan<double> ocv, ReadOnlySpan<double> polarisation)
    {
        for (int row = 0; row < Rows; row++)
        {
            FillRow(share.AsSpan(row * columns, columns), LeastFactor + (row * FactorStep), shares, ocv, polarisation);
        }
    }

    /// <summary>Charge to full as a share of capacity; held at the table's ends of voltage and below its least factor.</summary>
    public double At(double volts, double factor)
    {
        double v = Math.Clamp((volts - firstVolts) * (1 / VoltStep), 0, columns - 1.000001);

        // a cell of more than twice the usual resistance is a rare one: straight on from the last two rows
        double f = Math.Max(0, (factor - LeastFactor) * (1 / FactorStep));
        int column = (int)v;
        int row = Math.Min((int)f, Rows - 2);
        double right = v - column;
        double down = f - row;
        int k = (row * columns) + column;
        double upper = share[k] + (right * (share[k + 1] - share[k]));
        double lower = share[k + columns] + (right * (share[k + columns + 1] - share[k + columns]));
        return upper + (down * (lower - upper));
    }

    // the first time the voltage is reached: a voltage that dips again is not followed
    private void FillRow(
        Span<double> row, double factor, ReadOnlySpan<double> shares, ReadOnlySpan<double> ocv, ReadOnlySpan<double> polarisation)
    {
        double before = ocv[0] + (factor * polarisation[0]);
        int column = 0;
        for (; column < row.Length && firstVolts + (column * VoltStep) <= before; column++)
        {
            row[column] = shares[0];
        }

        for (int k = 1; k < shares.Length && column < row.Length; k++)
        {
            double after = ocv[k] + (factor * polarisation[k]);
            while (column < row.Length && firstVolts + (column * VoltStep) <= after)
            {
                double part = (firstVolts + (column * VoltStep) - before) / (after - before);
                row[column++] = shares[k - 1] + (part * (shares[k] - shares[k - 1]));
            }

            before = Math.Max(before, after);
        }

        row[column..].Fill(shares[^1]);
    }
}

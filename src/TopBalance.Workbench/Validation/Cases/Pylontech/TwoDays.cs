namespace TopBalance.Workbench.Validation.Cases.Pylontech;

/// <summary>What two days of a module say of each cell, against the median cell of its module. V.</summary>
/// <param name="LeadBefore">Mean lead while the pack rises to its first float.</param>
/// <param name="Lag">Mean lag below the median from the first float to the end of the discharge.</param>
/// <param name="Lead">Mean lead while the pack rises to its second float.</param>
/// <param name="Peak">Greatest lead there.</param>
internal sealed record TwoDays(double[] LeadBefore, double[] Lag, double[] Lead, double[] Peak)
{
    // of the median cell: on the float, below the top, and still as low as the discharge left it
    private const double FloatVolts = 3.455, DischargedVolts = 3.34, EmptiedVolts = 3.335;

    /// <summary>Cuts the log into its four parts, by the median cell alone.</summary>
    public static TwoDays Read(DataTable table)
    {
        double[][] cells = PylontechData.PerCell(table, "V");
        double[] median = [.. Enumerable.Range(0, table.Rows).Select(k => Statistics.Median(cells.Select(c => c[k])))];
        int firstFloat = Array.FindIndex(median, v => v >= FloatVolts);
        int discharge = Array.FindIndex(median, firstFloat, v => v < DischargedVolts);
        int secondFloat = Array.FindIndex(median, discharge, v => v >= FloatVolts);
        int charge = 1 + Array.FindLastIndex(median, secondFloat, v => v < EmptiedVolts);
        return new TwoDays(
            [.. cells.Select(c => Leads(c, 0, firstFloat).Average())],
            [.. cells.Select(c => -Leads(c, discharge, charge).Average())],
            [.. cells.Select(c => Leads(c, charge, secondFloat).Average())],
            [.. cells.Select(c => Leads(c, charge, secondFloat).Max())]);

        IEnumerable<double> Leads(double[] cell, int from, int to) => Enumerable.Range(from, to - from).Select(k => cell[k] - median[k]);
    }
}

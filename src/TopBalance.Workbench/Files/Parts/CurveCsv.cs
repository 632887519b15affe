using System.Globalization;
using System.Text;
using TopBalance.Chemistry;

namespace TopBalance.Workbench.Files;

/// <summary>Writes a cell's curves as a table, for a spreadsheet or another program.</summary>
public static class CurveCsv
{
    /// <summary>
    /// CSV with a row per temperature and state of charge: <c>temperature_c, soc, ocv_v, r0_charge_ohm, r0_discharge_ohm</c>, then
    /// <c>r1_charge_ohm, r1_discharge_ohm, tau1_s</c> for each RC pair. Resistances are those of one member.
    /// </summary>
    public static string Of(CellSpec cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        int pairs = cell.Temperatures[0].Parameters.RcPairs.Length;
        var csv = new StringBuilder("temperature_c,soc,ocv_v,r0_charge_ohm,r0_discharge_ohm");
        for (int j = 1; j <= pairs; j++)
        {
            csv.Append(FormattableString.Invariant($",r{j}_charge_ohm,r{j}_discharge_ohm,tau{j}_s"));
        }

        csv.Append('\n');
        foreach (CellAtTemperature at in cell.Temperatures)
        {
            CellParameters p = at.Parameters;
            foreach (double soc in Knots(p))
            {
                AppendRow(csv, at.Temperature.Value, soc, p);
            }
        }

        return csv.ToString();
    }

    // every point of every table, so that nothing is lost between two of them
    private static SortedSet<double> Knots(CellParameters p)
    {
        var knots = new SortedSet<double>(p.Ocv.Soc);
        knots.UnionWith(p.R0.Soc);
        foreach (RcPair pair in p.RcPairs)
        {
            knots.UnionWith(pair.Resistance.Soc);
        }

        return knots;
    }

    private static void AppendRow(StringBuilder csv, double celsius, double soc, CellParameters p)
    {
        var row = new List<double> { celsius, soc, p.Ocv.At(soc), p.R0.At(soc, charging: true), p.R0.At(soc, charging: false) };
        foreach (RcPair pair in p.RcPairs)
        {
            row.AddRange([pair.Resistance.At(soc, charging: true), pair.Resistance.At(soc, charging: false), pair.TimeConstant.Value]);
        }

        // 12 digits: what a scaled resistance has beyond them is rounding
        csv.AppendJoin(',', row.Select(v => v.ToString("G12", CultureInfo.InvariantCulture))).Append('\n');
    }
}

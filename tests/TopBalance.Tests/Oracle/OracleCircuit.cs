using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <summary>
/// The pack as one circuit: from the state vector to every voltage and current, and to the derivative. The state vector holds z, u1, u2
/// and h of each member, then the Ah that each shunt has taken, then the Ah of the string.
/// </summary>
internal sealed class OracleCircuit
{
    // below this a current counts as 0: R differs by mΩ between the directions, so the voltage does not see it
    private const double TurnAmps = 1e-11;

    private readonly PackModel model;
    private readonly int[] firstMember;
    private readonly double[] emf;
    private readonly double[] ohms;
    private readonly double[] emfOpen;
    private readonly double[] ohmsOpen;

    public OracleCircuit(PackModel model)
    {
        this.model = model;
        Members = [.. model.Cells.SelectMany(c => c.Members).Select(m => new OracleMember(m))];
        firstMember = new int[model.Cells.Length + 1];
        for (int c = 0; c < model.Cells.Length; c++)
        {
            firstMember[c + 1] = firstMember[c] + model.Cells[c].Members.Length;
        }

        emf = new double[Cells];
        ohms = new double[Cells];
        emfOpen = new double[Cells];
        ohmsOpen = new double[Cells];
        Volts = new double[Cells];
        CellAmps = new double[Cells];
        ShuntAmps = new double[Cells];
        MemberAmps = new double[Members.Length];
        ShuntConducts = new bool[Cells];
    }

    public OracleMember[] Members { get; }

    public int Cells => model.Cells.Length;

    public int Dimension => (4 * Members.Length) + Cells + 1;

    /// <summary>The components that the error control looks at; the rest only counts charge.</summary>
    public int ControlledComponents => 4 * Members.Length;

    public int BledAt(int cell) => (4 * Members.Length) + cell;

    public int StringAhAt => Dimension - 1;

    public OracleSource? Source { get; set; }

    public DrainLoadSpec? Drain { get; set; }

    public int DrainedCell { get; set; }

    public bool[] ShuntConducts { get; }

    /// <summary>At the sense points.</summary>
    public double[] Volts { get; }

    /// <summary>Into the cell itself.</summary>
    public double[] CellAmps { get; }

    public double[] ShuntAmps { get; }

    public double[] MemberAmps { get; }

    public double SourceAmps { get; private set; }

    /// <summary>The source sees E + R·i; R with the leads.</summary>
    public double SourceEmf { get; private set; }

    /// <inheritdoc cref="SourceEmf"/>
    public double SourceOhms { get; private set; }

    public double[] InitialState()
    {
        double[] y = new double[Dimension];
        for (int m = 0; m < Members.Length; m++)
        {
            y[4 * m] = Members[m].InitialSoc;
        }

        return y;
    }

    /// <summary>Mean state of charge of a cell.</summary>
    public double Soc(double[] y, int cell)
    {
        double charge = 0;
        double capacity = 0;
        for (int m = firstMember[cell]; m < firstMember[cell + 1]; m++)
        {
            charge += Members[m].CapacityAh * y[4 * m];
            capacity += Members[m].CapacityAh;
        }

        return charge / capacity;
    }

    /// <summary>Solves for every voltage and current, and turns members until all their directions agree with their currents.</summary>
    public void SettleDirections(double[] y)
    {
        for (int pass = 0; pass < 100; pass++)
        {
            Solve(y);
            bool turned = false;
            for (int m = 0; m < Members.Length; m++)
            {
                if (TurnGap(m) < 0)
                {
                    Members[m].Turn();
                    turned = true;
                }
            }

            if (!turned)
            {
                return;
            }
        }

        throw new OracleException("the directions of the member currents do not settle");
    }

    /// <summary>Below 0 once the current of a member flows against the direction its tables are frozen to, A.</summary>
    public double TurnGap(int member) => (Members[member].Charging ? MemberAmps[member] : -MemberAmps[member]) + TurnAmps;

    /// <summary>Solves the algebra.</summary>
    public void Solve(double[] y)
    {
        for (int c = 0; c < Cells; c++)
        {
            SolveCellOpen(y, c);
        }

        SolveSource();
        for (int c = 0; c < Cells; c++)
        {
            bool driven = Source is { } s && c >= s.First && c <= s.Last;
            Volts[c] = emfOpen[c] + (ohmsOpen[c] * (driven ? SourceAmps : 0));
            (double drawn, double conductance) = Port(c);
            ShuntAmps[c] = ShuntConducts[c] ? model.Module.Shunt.AmperesAt(Volts[c]) : 0;
            CellAmps[c] = (driven ? SourceAmps : 0) - drawn - (conductance * Volts[c]);
            SolveMembers(y, c);
        }
    }

    /// <summary>dy/dt.</summary>
    public void Derivative(double[] y, double[] dy)
    {
        Solve(y);
        for (int m = 0; m < Members.Length; m++)
        {
            OracleMember member = Members[m];
            double i = MemberAmps[m];
            double z = y[4 * m];
            double socRate = (member.Charging ? member.Efficiency : 1) * i / member.CoulombsPerSoc;
            dy[4 * m] = socRate - (member.SelfDischargeAmps / member.CoulombsPerSoc);
            dy[(4 * m) + 1] = ((member.R1.At(z) * i) - y[(4 * m) + 1]) / member.Tau1;
            dy[(4 * m) + 2] = ((member.R2.At(z) * i) - y[(4 * m) + 2]) / member.Tau2;
            dy[(4 * m) + 3] = -Math.Abs(socRate * member.Gamma) * (y[(4 * m) + 3] - (member.Charging ? 1 : -1));
        }

        for (int c = 0; c < Cells; c++)
        {
            dy[BledAt(c)] = ShuntAmps[c] / 3600;
        }

        dy[StringAhAt] = Source is { IsString: true } ? SourceAmps / 3600 : 0;
    }

    // cell c as its sense points see it with everything of its own attached: v = emfOpen + ohmsOpen · i of the source
    private void SolveCellOpen(double[] y, int c)
    {
        int first = firstMember[c];
        double e = Emf(y, first);
        double r = Members[first].R0.At(y[4 * first]);
        if (firstMember[c + 1] - first > 1)
        {
            (e, r) = Parallel(y, c);
        }

        emf[c] = e;
        ohms[c] = r;
        double total = r + model.Cells[c].LugOhms;
        (double drawn, double conductance) = Port(c);
        double share = 1 / (1 + (conductance * total));
        emfOpen[c] = (e - (total * drawn)) * share;
        ohmsOpen[c] = total * share;
    }

    private (double Emf, double Ohms) Parallel(double[] y, int c)
    {
        double siemens = 0;
        double amps = 0;
        for (int m = firstMember[c]; m < firstMember[c + 1]; m++)
        {
            double g = 1 / Members[m].R0.At(y[4 * m]);
            siemens += g;
            amps += g * Emf(y, m);
        }

        return (amps / siemens, 1 / siemens);
    }

    private double Emf(double[] y, int m) =>
        Members[m].Ocv.At(y[4 * m]) + (Members[m].HysteresisVolts * y[(4 * m) + 3]) + y[(4 * m) + 1] + y[(4 * m) + 2];

    // what hangs on the cell takes drawn + conductance · v
    private (double Drawn, double Conductance) Port(int c)
    {
        double drawn = model.Module.Quiescent.Value;
        double conductance = 0;
        if (ShuntConducts[c])
        {
            (double a, double g) = model.Module.Shunt switch
            {
                ShuntSpec.Resistor r => (0.0, r.Duty / r.Resistance.Value),
                ShuntSpec.ConstantCurrent i => (i.Duty * i.Current.Value, 0.0),
                _ => throw new OracleException("unknown shunt"),
            };
            drawn += a;
            conductance += g;
        }

        if (Drain is { } load && DrainedCell == c)
        {
            drawn += load.Current?.Value ?? 0;
            conductance += load.Resistance is { } r ? 1 / r.Value : 0;
        }

        return (drawn, conductance);
    }

    private void SolveSource()
    {
        SourceAmps = 0;
        if (Source is not { } s)
        {
            return;
        }

        SourceEmf = 0;
        SourceOhms = s.LeadOhms;
        for (int c = s.First; c <= s.Last; c++)
        {
            SourceEmf += emfOpen[c];
            SourceOhms += ohmsOpen[c];
        }

        SourceAmps = s.AmpsIn(s.Mode, SourceEmf, SourceOhms);
    }

    private void SolveMembers(double[] y, int c)
    {
        int first = firstMember[c];
        if (firstMember[c + 1] - first == 1)
        {
            MemberAmps[first] = CellAmps[c];
            return;
        }

        double junction = emf[c] + (ohms[c] * CellAmps[c]);
        for (int m = first; m < firstMember[c + 1]; m++)
        {
            MemberAmps[m] = (junction - Emf(y, m)) / Members[m].R0.At(y[4 * m]);
        }
    }
}

using System.Globalization;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Simulations;

/// <summary>
/// A run as CSV, row by row so that its length does not matter: <c>time_s,current_a,pack_v,v1,soc1,shunt1,…,event,source</c>.
/// Voltages are in V, <c>soc</c> is a ratio, <c>shunt</c> is 1 while it conducts; <c>source</c> says <c>simulation</c> in every row.
/// </summary>
public static class SimulationTrace
{
    /// <summary>Writes a row at every multiple of the spacing, one for every event, and one at the end.</summary>
    /// <param name="run">The run.</param>
    /// <param name="spacing">Above 0 s.</param>
    /// <param name="writer">Receives the rows. Not closed.</param>
    /// <param name="progress">Told the share that is done, 0 to 1; may be null.</param>
    /// <param name="cancellationToken">Looked at before each row.</param>
    /// <exception cref="OperationCanceledException">Cancelled; what was written so far is incomplete.</exception>
    public static void Write(
        PackRun run, Seconds spacing, TextWriter writer, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spacing.Value, nameof(spacing));
        var row = new Row(run, writer);
        row.WriteHeader();
        int next = 0;
        double end = run.EndSeconds;
        for (long k = 0; k * spacing.Value < end; k++)
        {
            double time = k * spacing.Value;
            cancellationToken.ThrowIfCancellationRequested();
            bool covered = false;
            while (next < run.Events.Length && run.Events[next].TimeSeconds <= time)
            {
                covered |= run.Events[next].TimeSeconds == time;
                row.Write(run.Events[next++]);
            }

            if (!covered)
            {
                row.Write(time, "");
            }

            progress?.Report(time / end);
        }

        while (next < run.Events.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            row.Write(run.Events[next++]);
        }

        row.Write(end, "end");
    }

    private sealed class Row(PackRun run, TextWriter writer)
    {
        private readonly CellState[] cells = new CellState[run.Model.Cells.Length];
        private readonly char[] digits = new char[32];

        public void WriteHeader()
        {
            writer.Write("time_s,current_a,pack_v");
            for (int cell = 1; cell <= cells.Length; cell++)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $",v{cell},soc{cell},shunt{cell}"));
            }

            writer.Write(",event,source\n");
        }

        public void Write(RunEvent happened)
        {
            string kind = Words.Of(happened.Kind);
            Write(happened.TimeSeconds, happened.Cell < 0 ? kind : Wording.Invariant($"{kind} {happened.Cell + 1}"));
        }

        public void Write(double time, string what)
        {
            (double amps, double volts) = run.StateAt(new Seconds(time), cells);
            Write(time);
            WriteNext(amps);
            WriteNext(volts);
            foreach (CellState cell in cells)
            {
                WriteNext(cell.VoltageVolts);
                WriteNext(cell.Soc);
                writer.Write(cell.ShuntOn ? ",1" : ",0");
            }

            writer.Write(',');
            writer.Write(what);
            writer.Write(",simulation\n");
        }

        private void WriteNext(double value)
        {
            writer.Write(',');
            Write(value);
        }

        private void Write(double value)
        {
            value.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture);
            writer.Write(digits, 0, length);
        }
    }
}

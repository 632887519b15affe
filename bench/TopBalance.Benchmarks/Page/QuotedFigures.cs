namespace TopBalance.Benchmarks.Page;

/// <summary>Simulators that no script can install: what they took elsewhere.</summary>
internal static class QuotedFigures
{
    private static readonly (string Who, string Time, string Error)[] CaseA =
    [
        ("SLIDE (C++, Oxford), `Cell_ECM`, step of 1 s", "80 ms", "8.8e-3 s"),
        ("SpiceSharp 3.2.3 (C#), largest step 10 s", "1.15 s", "0.34 s"),
        ("PyBaMM 24.1, one Thevenin model per cell, CasADi, relative tolerance 1e-6", "3.91 s", "0.024 s"),
        ("liionpack 0.3.9, Thevenin cells, step of 10 s", "87 s", "1.06 s"),
    ];

    /// <summary>Writes the section.</summary>
    public static void Write(Action<string> line)
    {
        line("## Quoted, not measured here");
        line("");
        line("Case A on **another machine** (Intel Xeon, Skylake class, 2.5 GHz; medians of 2 to 15 runs on 2026-11-22). No ratios:");
        line("the machines differ. On that machine the closed form in C++ took 160 µs and CVODE at a relative tolerance of 1e-6 3.5 ms.");
        line("");
        line("| who | time | error of the trip time |");
        line("| --- | --- | --- |");
        foreach ((string who, string time, string error) in CaseA)
        {
            line($"| {who} | {time} | {error} |");
        }
    }
}

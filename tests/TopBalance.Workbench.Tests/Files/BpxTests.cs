using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files;

public sealed class BpxTests
{
    // an electrode that falls from 0.3 V, against one that lies at 3.4 V and bends at both ends
    private const string File = """
        {
          "Header": { "BPX": "1.0.0", "Title": "A made-up cell", "References": "nobody measured it", "Model": "DFN" },
          "Parameterisation": {
            "Cell": {
              "Nominal cell capacity [A.h]": 2, "Upper voltage cut-off [V]": 3.65, "Lower voltage cut-off [V]": 2.0,
              "Reference temperature [K]": 293.15, "Electrode area [m2]": 0.09
            },
            "Electrolyte": { "Conductivity [S.m-1]": "0.1297 * (x / 1000) ** 3" },
            "Negative electrode": {
              "Minimum stoichiometry": 0.0, "Maximum stoichiometry": 0.8,
              "OCP [V]": "0.1 + 0.5 * exp(-20 * x) - 0.01 * tanh(10*(x - 0.4))"
            },
            "Positive electrode": {
              "Minimum stoichiometry": 0.1, "Maximum stoichiometry": 0.9,
              "OCP [V]": { "x": [0, 0.1, 0.2, 0.8, 1], "y": [3.9, 3.55, 3.43, 3.41, 2.5] }
            }
          }
        }
        """;

    private static BpxCell Read(string text) => Bpx.Read(MemoryFiles.Of(("cell.json", text)), "cell.json");

    private static string Complaint(string text)
    {
        string message = Should.Throw<InputException>(() => Read(text)).Message;
        message.Any(char.IsControl).ShouldBeFalse();
        return message;
    }

    [Fact]
    public void The_OCV_is_the_difference_of_the_electrodes_between_their_limits()
    {
        CellSpec cell = Read(File).Cell;
        OcvCurve ocv = cell.Temperatures.Single().Parameters.Ocv;

        // z = 1: the negative is full (0.8), the positive empty (0.1); z = 0: the other way round
        ocv.At(1).ShouldBe(3.55 - (0.1 + (0.5 * Math.Exp(-16)) - (0.01 * Math.Tanh(4))), 1e-6);
        ocv.At(0).ShouldBe(2.955 - (0.1 + 0.5 - (0.01 * Math.Tanh(-4))), 1e-6);
        ocv.At(0.5).ShouldBe(3.42 - (0.1 + (0.5 * Math.Exp(-8)) - (0.01 * Math.Tanh(0))), 1e-6);
        cell.Capacity.ShouldBe(new AmpereHours(2));
        cell.FullVoltage.ShouldBe(new Volts(3.65));
        cell.MinVoltage.ShouldBe(new Volts(2));
        cell.Temperatures[0].Temperature.ShouldBe(new Celsius(20));
        cell.Name.ShouldBe("A made-up cell");
    }

    [Fact]
    public void What_a_BPX_file_does_not_hold_is_said_and_marked()
    {
        BpxCell bpx = Read(File);

        bpx.Notes.ShouldContain("Resistance: a constant placeholder of 0.01 Ω stands in; fit a log for a real one.");
        bpx.Notes.ShouldContain(n => n.StartsWith("Not taken over: kinetics, diffusion", StringComparison.Ordinal));
        bpx.Cell.Sources.Single(s => s.Key == "temperatures.r0").Sure.ShouldBe(Sureness.Placeholder);
        bpx.Cell.Sources.Single(s => s.Key == "temperatures.ocv").Text.ShouldBe("BPX 1.0.0 file cell.json: nobody measured it");
    }

    [Fact]
    public void It_can_be_written_as_a_cell_file_whose_sources_cover_every_number()
    {
        string text = CellFileText.Write(Read(File).Cell);

        SourceCoverage.Gaps(new SourceText("cell.yaml", text)).ShouldBeEmpty();
        CellFileText.Read(MemoryFiles.Of(("cell.yaml", text)), "cell.yaml").Capacity.ShouldBe(new AmpereHours(2));
    }

    [Theory]
    [InlineData("\"BPX\": \"1.0.0\"", "\"BPX\": 0.1")]
    [InlineData("\"OCP [V]\": {", "\"OCP (lithiation) [V]\": 3.4, \"OCP [V]\": {")]
    [InlineData("\"Maximum stoichiometry\": 0.8,", "\"Maximum stoichiometry\": 0.80, \"Porosity\": 0.2,")]
    [InlineData(
        "\"x\": [0, 0.1, 0.2, 0.8, 1], \"y\": [3.9, 3.55, 3.43, 3.41, 2.5]", "\"x\": [1, 0.8, 0.2, 0.1], \"y\": [2.5, 3.41, 3.43, 3.55]")]
    public void Older_and_newer_ways_to_write_the_same_read_the_same(string old, string replacement)
    {
        File.ShouldContain(old);

        Read(File.Replace(old, replacement, StringComparison.Ordinal)).Cell.Temperatures[0].Parameters.Ocv.Volts
            .ShouldBe(Read(File).Cell.Temperatures[0].Parameters.Ocv.Volts);
    }

    [Fact]
    public void An_electrode_of_one_particle_reads_and_a_blend_is_refused()
    {
        const string one = "\"Negative electrode\": {";
        const string particle = "\"Particle\": { \"A\": { \"Minimum stoichiometry\": 0, \"Maximum stoichiometry\": 0.8, ";
        string wrapped = File.Replace("\"OCP [V]\": \"0.1", particle + "\"OCP [V]\": \"0.1", StringComparison.Ordinal)
            .Replace("(x - 0.4))\"", "(x - 0.4))\" } }", StringComparison.Ordinal);

        wrapped.ShouldContain(one);
        Read(wrapped).Cell.Temperatures[0].Parameters.Ocv.Volts.ShouldBe(Read(File).Cell.Temperatures[0].Parameters.Ocv.Volts);
        Complaint(wrapped.Replace("\"Particle\": {", "\"Particle\": { \"B\": {},", StringComparison.Ordinal))
            .ShouldBe("cell.json: Parameterisation.Negative electrode.Particle: is a blend of 2 materials; "
                + "only electrodes of one material can be read");
    }

    [Theory]
    [InlineData("\"Header\"", "\"Kopf\"", "cell.json: Header: is missing; check that it is a BPX file of a whole cell")]
    [InlineData("\"Upper voltage cut-off [V]\": 3.65,", "", "Parameterisation.Cell.Upper voltage cut-off [V]: is missing")]
    [InlineData("capacity [A.h]\": 2", "capacity [A.h]\": \"2\"", "saw '\"2\"', expected a number from 1E-06 to 10000")]
    [InlineData("exp(-20 * x)", "boom(x)", "Parameterisation.Negative electrode.OCP [V]: the formula cannot be read from 'boom(x)")]
    [InlineData("(x - 0.4))", "(x - 0.4)", "the formula ends too early")]
    [InlineData("\"Maximum stoichiometry\": 0.9", "\"Maximum stoichiometry\": 9", "expected a number from 0.1 to 1")]
    [InlineData("[3.9, 3.55, 3.43, 3.41, 2.5]", "[3.9, 3.55]", "OCP [V]: expected as many x as y, at least 2")]
    [InlineData("[0, 0.1, 0.2, 0.8, 1]", "[0, 0.1, 0.1, 0.8, 1]", "OCP [V]: the x 0.1 occurs twice")]
    [InlineData("[3.9, 3.55, 3.43, 3.41, 2.5]", "[2.5, 3.41, 3.43, 3.55, 3.9]", "the OCV falls while the cell is charged")]
    [InlineData("0.1 + 0.5 * exp", "9 + 0.5 * exp", "the OCV comes to -")]
    [InlineData("0.1 + 0.5 * exp", "1/0*0 + exp", "the OCV comes to NaN V")]
    [InlineData("{", "", "cell.json:2: is not valid JSON; check that it is the right file")]
    public void A_file_that_is_no_BPX_of_a_whole_cell_ends_in_one_line(string old, string replacement, string complaint)
    {
        int at = File.IndexOf(old, StringComparison.Ordinal);

        Complaint(File[..at] + replacement + File[(at + old.Length)..]).ShouldContain(complaint);
    }

    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("-x ** 2", -4)]
    [InlineData("2 ** -1", 0.5)]
    [InlineData("2 ** 3 ** 2", 512)]
    [InlineData("2^3", 8)]
    [InlineData("8 / 2 / 2", 2)]
    [InlineData("8 - 2 - 2", 4)]
    [InlineData("--x", 2)]
    [InlineData("  ( x+1 )*( x - 1 ) ", 3)]
    [InlineData("1.5e+1 - .5E1", 10)]
    [InlineData("np.tanh(0) + math.exp(0) + cosh(0) + sinh(0) + log(1) + sqrt(4) + sin(0) + cos(0)", 5)]
    [InlineData("2 * pi / pi", 2)]
    public void Formulas_are_computed_as_Python_does(string formula, double value) =>
        BpxExpression.Parse(formula)(2).ShouldBe(value, 1e-12);

    [Theory]
    [InlineData("")]
    [InlineData("x x")]
    [InlineData("2x")]
    [InlineData("x +")]
    [InlineData("* x")]
    [InlineData("x ** ")]
    [InlineData("x * * 2")]
    [InlineData("(x")]
    [InlineData("x)")]
    [InlineData("exp x")]
    [InlineData("exp(x, x)")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("__import__('os')")]
    [InlineData("y")]
    public void What_is_no_formula_is_refused(string formula) => Should.Throw<FormatException>(() => BpxExpression.Parse(formula));

    [Fact]
    public void A_formula_can_neither_nest_nor_run_on_without_end()
    {
        Should.Throw<FormatException>(() => BpxExpression.Parse(new string('(', 15_000))).Message.ShouldContain("nested deeper");
        Should.Throw<FormatException>(() => BpxExpression.Parse(new string('-', 15_000) + "x")).Message.ShouldContain("nested deeper");
        string tower = string.Concat(Enumerable.Repeat("2**", 5000)) + "2";
        Should.Throw<FormatException>(() => BpxExpression.Parse(tower)).Message.ShouldContain("nested");
        Should.Throw<FormatException>(() => BpxExpression.Parse(new string('1', 20_001)));
        BpxExpression.Parse("x" + string.Concat(Enumerable.Repeat("+x", 9_000)))(1).ShouldBe(9_001);
    }

    [Fact]
    public void Whatever_the_file_holds_it_is_read_or_refused()
    {
        Gen<string> piece = Gen.Elements(
            "", "[", "]", "{", "}", "\"", ":", ",", "0", "-1", "1e308", "null", "true", "x", "**", "(", ")", "exp", "\u0000", "é", "\n",
            "nan");
        Gen<(int At, int Cut, string Put)> edit =
            from at in Gen.Choose(0, File.Length) from cut in Gen.Choose(0, 40) from put in piece select (at, cut, put);

        Prop.ForAll(edit.NonEmptyListOf().ToArbitrary(), edits =>
        {
            string text = File;
            foreach ((int at, int cut, string put) in edits)
            {
                int start = at % (text.Length + 1);
                text = text[..start] + put + text[Math.Min(text.Length, start + cut)..];
            }

            try
            {
                CellSpec cell = Read(text).Cell;
                cell.Temperatures[0].Parameters.Ocv.At(0.5).ShouldBeInRange(0, 6);
            }
            catch (InputException e)
            {
                e.Message.Any(char.IsControl).ShouldBeFalse();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}

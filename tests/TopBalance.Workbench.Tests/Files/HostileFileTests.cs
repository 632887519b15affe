using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files;

/// <summary>Whatever a file holds, it is read or refused in one line, soon.</summary>
public sealed class HostileFileTests
{
    private const string Pack = Samples.Least + """
        parallel: 2
        temperature_c: 20
        tools: { bench_supplies: [ { current_a: 5, floating: yes } ], drain_load: { resistance_ohm: 3.3 } }
        unknowns: { soc_min: 0.30, soc_max: 0.60 }
        cells: [ { cell: 4, member: 1, soc: 0.72, capacity_ah: 101.3, r0_ohm: 0.0011 } ]
        cells_csv: c.csv
        layout: { boxes: [ { rows: 2, columns: 2, direction: snake } ] }
        faults: [ { kind: stuck-on-shunt, cell: 1 }, { kind: cut-loop } ]
        """;

    // far above what any of these takes; it guards against hanging, not against slowness
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    // a failure prints its seed; 30 000 of each have passed
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    // pack, its table, and a cell, curve and module file beside it
    private static bool IsReadOrRefused(params byte[][] files)
    {
        string[] names = ["pack.yaml", "c.csv", "cell.yaml", "curves/lfp.yaml", "module.yaml"];
        var source = new MemoryFiles(names.Zip(files).ToDictionary(f => f.First, f => f.Second, StringComparer.Ordinal));
        string ownParts = Samples.Least.Replace("calb-ca100", "cell.yaml").Replace("minibms-3.6", "module.yaml");
        var withOwnParts =
            new MemoryFiles(names.Zip([Bytes(ownParts), .. files[1..]]).ToDictionary(f => f.First, f => f.Second, StringComparer.Ordinal));
        long begin = Stopwatch.GetTimestamp();
        foreach (MemoryFiles pack in new[] { source, withOwnParts })
        {
            try
            {
                PackFile.Load("pack.yaml", pack, Samples.Library);
            }
            catch (InputException e)
            {
                e.Message.Any(char.IsControl).ShouldBeFalse();
            }
        }

        Stopwatch.GetElapsedTime(begin).ShouldBeLessThan(Soon);
        return true;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Gen<T> Elements<T>(params T[] values) => Gen.Elements(values);

    [Fact]
    public void Random_bytes() =>
        Prop.ForAll<byte[], byte[]>((yaml, csv) => IsReadOrRefused(yaml, csv) && IsReadOrRefused(Bytes(Pack), csv)).Check(Many);

    [Fact]
    public void A_valid_file_with_pieces_put_in_or_taken_out()
    {
        string[] originals = [Pack, "cell,soc0\n1,0.5\n2,0.6\n", Samples.Cell, Samples.Curves, Samples.Module];

        Prop.ForAll(Edits().ToArbitrary(), edits => IsReadOrRefused([.. originals.Select(text => Bytes(Edit(text, edits)))])).Check(Many);
    }

    private static Gen<List<(int At, int Cut, string Put)>> Edits()
    {
        Gen<string> piece = Elements(
            "[", "]", "{", "}", ":", ": ", "-", "- ", ",", "\n", "\t", " ", "#", "&a", "*a", "!!x", "'", "\"", "|", ">", "%", "@", "`",
            "?", "---\n", "...",
            "0", "-1", "1e400", ".nan", "null", "~", "3,5", "\u0085", "\u2028", "\uFEFF", "é", "🔋", "<<", "=", "\\", "2147483648", "cell",
            "soc");
        Gen<(int At, int Cut, string Put)> edit =
            from at in Gen.Choose(0, Pack.Length) from cut in Gen.Choose(0, 12) from put in piece select (at, cut, put);
        return edit.NonEmptyListOf().Select(edits => edits.ToList());
    }

    [Fact]
    public void Every_beginning_of_a_valid_file()
    {
        for (int length = 0; length < Pack.Length; length++)
        {
            IsReadOrRefused(Bytes(Pack[..length]), Bytes("cell\n"));
        }
    }

    [Fact]
    public void Random_trees_of_known_keys()
    {
        Gen<string> scalar = Elements(
            "1", "0.5", "-1", "yes", "calb-ca100", "minibms-3.6", "", "null", "1e300", "'x'", "cut-loop", "c.csv", "pack.yaml",
            "2:3");
        Gen<string> key = Elements(
            "series", "parallel", "cell", "module", "charger", "voltage_v", "current_a", "termination_current_a", "tools",
            "bench_supplies", "drain_load",
            "unknowns", "cells", "cells_csv", "ocv_csv", "layout", "boxes", "rows", "columns", "faults", "kind", "soc", "hvc_v",
            "shunt_on_v", "seed", "55");
        Gen<string> Tree(int size) => size <= 0
            ? scalar
            : Gen.OneOf(
                scalar,
                Tree(size / 2).ListOf().Select(items => "[" + string.Join(", ", items) + "]"),
                key.Zip(Tree(size / 2)).ListOf()
                    .Select(pairs => "{" + string.Join(", ", pairs.DistinctBy(p => p.Item1).Select(Entry)) + "}"));

        static string Entry((string Key, string Value) pair) => pair.Key + ": " + pair.Value;
        Gen<string> file = key.Where(k => !Samples.Least.Contains(k + ":")).Zip(Tree(16)).ListOf()
            .Select(pairs => Samples.Least + string.Concat(pairs.DistinctBy(p => p.Item1).Select(p => $"{p.Item1}: {p.Item2}\n")));
        Prop.ForAll(file.ToArbitrary(), yaml => IsReadOrRefused(Bytes(yaml), Bytes("cell\n"))).Check(Many);
    }

    public static TheoryData<string, int> Repeats => new()
    {
        { "[", 1_000_000 }, { "{", 1_000_000 }, { "[{", 500_000 }, { "- ", 1_000_000 }, { "? ", 1_000_000 }, { "a: {", 500_000 },
        { "\"", 1_000_000 },
        { "a: 1\n", 500_000 }, { "- 1\n", 1_000_000 }, { "[1,", 1_000_000 }, { " ", 4_000_000 }, { "\n", 4_000_000 }, { "#\n", 2_000_000 },
        { "a ", 2_000_000 }, { "1,", 2_000_000 }, { "!", 1_000_000 }, { "|", 1_000_000 }, { "---\n", 1_000_000 }, { "a: |\n ", 500_000 },
        { "%a\n", 1_000_000 },
        { "'", 1_000_000 }, { "\\", 1_000_000 }, { "a\n", 1_000_000 }, { "a:\n ", 500_000 }, { "- - ", 1_000_000 }, { ":", 2_000_000 },
        { "{a", 1_000_000 },
    };

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Repeats))]
    public void A_large_file_of_one_thing(string piece, int times)
    {
        byte[] text = Bytes(string.Concat(Enumerable.Repeat(piece, times)));

        IsReadOrRefused(text, text);
        IsReadOrRefused(Bytes(Samples.Least + "name: " + Encoding.UTF8.GetString(text)), text);
        IsReadOrRefused(Bytes(Pack), text);
    }

    private static string Edit(string text, IEnumerable<(int At, int Cut, string Put)> edits)
    {
        foreach ((int at, int cut, string put) in edits)
        {
            int start = at % (text.Length + 1);
            text = text[..start] + put + text[Math.Min(text.Length, start + cut)..];
        }

        return text;
    }
}

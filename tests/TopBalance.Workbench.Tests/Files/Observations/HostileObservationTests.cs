using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files.Observations;

/// <summary>Whatever an observations file holds, it is read or refused in one line, soon.</summary>
public sealed class HostileObservationTests
{
    // far above what any of these takes; it guards against hanging, not against slowness
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    // a failure prints its seed
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static bool IsReadOrRefused(byte[] yaml, byte[] csv)
    {
        var files = new MemoryFiles(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["o.yaml"] = yaml, ["cells.csv"] = csv });
        long begin = Stopwatch.GetTimestamp();
        try
        {
            ObservationFile.Load("o.yaml", files, ObservationSamples.Pack);
        }
        catch (InputException e)
        {
            e.Message.Any(char.IsControl).ShouldBeFalse();
        }

        Stopwatch.GetElapsedTime(begin).ShouldBeLessThan(Soon);
        return true;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void Random_bytes() => Prop.ForAll<byte[], byte[]>((yaml, csv) =>
        IsReadOrRefused(yaml, csv) && IsReadOrRefused(Bytes(ObservationSamples.OfEachKind), csv)).Check(Many);

    [Fact]
    public void A_valid_file_with_pieces_put_in_or_taken_out()
    {
        Gen<string> piece = Gen.Elements(
            "[", "]", "{", "}", ": ", "- ", ",", "\n", "\t", " ", "#", "&a", "*a", "'", "\"", "|", "?", "---\n", "0", "-1", "1e400", ".nan",
            "null", "~", "3,5", "\u2028", "🔋", "red: [1]", "at: 2026-05-01T10:00Z", "others", "all", "none", "51", "99999999999");
        Gen<(int At, int Cut, string Put)> edit =
            from at in Gen.Choose(0, ObservationSamples.OfEachKind.Length)
            from cut in Gen.Choose(0, 12)
            from put in piece
            select (at, cut, put);

        Prop.ForAll(
            edit.NonEmptyListOf().ToArbitrary(),
            edits => IsReadOrRefused(
                Bytes(Edit(ObservationSamples.OfEachKind, edits)), Bytes(Edit(ObservationSamples.Log(), edits)))).Check(Many);
    }

    [Fact]
    public void Every_beginning_of_a_valid_file()
    {
        for (int length = 0; length < ObservationSamples.OfEachKind.Length; length++)
        {
            IsReadOrRefused(Bytes(ObservationSamples.OfEachKind[..length]), Bytes(ObservationSamples.Log()));
        }
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

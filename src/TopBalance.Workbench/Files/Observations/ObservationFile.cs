using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>Reads observations files; <c>docs/formats.md</c> describes them.</summary>
public static class ObservationFile
{
    /// <summary>Reads an observations file from disk.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="pack">The pack it is about.</param>
    /// <exception cref="InputException">The file, or a log it names, is wrong or does not fit the pack.</exception>
    public static ObservationLog Read(string path, PackSpec pack) => Load(path, new DiskFiles(), pack);

    /// <summary>Reads an observations file.</summary>
    /// <param name="name">Its path or name.</param>
    /// <param name="source">Where it and the logs it names come from.</param>
    /// <param name="pack">The pack it is about.</param>
    /// <exception cref="InputException">The file, or a log it names, is wrong or does not fit the pack.</exception>
    public static ObservationLog Load(string name, IFileSource source, PackSpec pack)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(pack);
        var reader = new FileReader();
        var context = new EntryContext(pack, reader, source);
        ImmutableArray<ObservationEntry> entries =
            reader.Read(source, name, FileReader.MostYamlBytes, text => Parse(text, context));
        return new ObservationLog(name, entries, reader.Files);
    }

    private static ImmutableArray<ObservationEntry> Parse(SourceText text, EntryContext context)
    {
        YamlNode root = YamlText.Read(text);
        if (root is not YamlList list)
        {
            const string advice = "begin each with '- ', as in '- rest: { hours: 10 }'";
            throw new InputException(text.File, root.Line, null, $"saw {root.Seen}, expected a list of entries; {advice}");
        }

        ImmutableArray<EntryValues> read = EntryKinds.File.Read(list, Place.Of(text.File).Inside("entry"));
        string[] lines = text.Text.Split('\n');
        var entries = ImmutableArray.CreateBuilder<ObservationEntry>(read.Length);
        (DateTimeOffset At, int Line)? last = null;
        for (int k = 0; k < read.Length; k++)
        {
            Observation seen = read[k].Make(context);
            if (seen.At is { } at)
            {
                CheckOrder(read[k], at, last);
                last = (at, read[k].Line);
            }

            int end = k + 1 < read.Length ? read[k + 1].Line - 1 : lines.Length;
            entries.Add(new ObservationEntry(seen, read[k].Line, Written(lines, read[k].Line, end)));
        }

        return entries.MoveToImmutable();
    }

    private static void CheckOrder(EntryValues entry, DateTimeOffset at, (DateTimeOffset At, int Line)? last)
    {
        if (last is { } before && at < before.At)
        {
            string seen = FormattableString.Invariant($"saw {EntryKeys.Show(at)} after {EntryKeys.Show(before.At)} in line {before.Line}");
            throw entry.WrongAt(seen + ", expected the order in which things happened; correct it, or move the entry up");
        }
    }

    // the comments and blank lines behind an entry belong to the next one
    private static string Written(string[] lines, int first, int last)
    {
        int end = Math.Max(first, last);
        while (end > first && lines[end - 1].AsSpan().TrimStart() is [] or ['#', ..])
        {
            end--;
        }

        return string.Join('\n', lines[(first - 1)..end]).ReplaceLineEndings("\n").TrimEnd();
    }
}

using System.Text;

namespace TopBalance.Workbench.Files;

/// <summary>Files that were uploaded or stored together. They see each other by name and nothing else.</summary>
/// <param name="files">Content by name.</param>
public sealed class MemoryFiles(IReadOnlyDictionary<string, byte[]> files) : IFileSource
{
    /// <summary>Texts by name.</summary>
    public static MemoryFiles Of(params ReadOnlySpan<(string Name, string Text)> texts)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach ((string name, string text) in texts)
        {
            files[name] = Encoding.UTF8.GetBytes(text);
        }

        return new MemoryFiles(files);
    }

    /// <inheritdoc/>
    public string Resolve(string from, string path)
    {
        int folder = from.LastIndexOf('/');
        return folder < 0 ? path : from[..(folder + 1)] + path;
    }

    /// <inheritdoc/>
    public byte[] Read(string name, long limit)
    {
        if (!files.TryGetValue(name, out byte[]? bytes))
        {
            string? nearest = Spelling.Nearest(name, files.Keys);
            string hint = nearest is null ? "" : $"; the nearest name there is {OneLine.Quote(nearest)}";
            throw new InputException(name, 0, null, "is not among the files given; add it" + hint);
        }

        if (bytes.Length == 0)
        {
            throw new InputException(name, 0, null, "is empty, expected text; check the file");
        }

        DiskFiles.CheckLength(name, bytes.Length, limit);
        return bytes;
    }
}

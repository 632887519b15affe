using System.Globalization;
using System.Security;

namespace TopBalance.Workbench.Files;

/// <summary>Files on disk.</summary>
public sealed class DiskFiles : IFileSource
{
    /// <inheritdoc/>
    public string Resolve(string from, string path) => Path.Combine(Path.GetDirectoryName(from) ?? "", path);

    /// <inheritdoc/>
    public byte[] Read(string name, long limit)
    {
        try
        {
            return ReadChecked(name, limit);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            throw new InputException(name, 0, null, $"cannot be read ({e.Message}); check the path and its permissions", e);
        }
    }

    // a device or a pipe has no length and is refused before it is opened, since opening it could block for ever
    private static byte[] ReadChecked(string name, long limit)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new InputException(null, 0, null, "saw an empty file name, expected the path of a file; name it");
        }

        if (Directory.Exists(name))
        {
            throw new InputException(name, 0, null, "is a directory, expected a file; name the file in it");
        }

        var file = new FileInfo(name);
        if (!file.Exists)
        {
            throw new InputException(name, 0, null, "there is no such file; check the path" + NearestBeside(file));
        }

        if (file.Length == 0)
        {
            throw new InputException(name, 0, null, "is empty or no regular file, expected text; check the path");
        }

        CheckLength(name, file.Length, limit);
        using FileStream stream = file.OpenRead();
        byte[] bytes = new byte[Math.Min(limit, file.Length) + 1];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        CheckLength(name, read, limit);
        return bytes[..read];
    }

    internal static void CheckLength(string name, long length, long limit)
    {
        if (length > limit)
        {
            string problem = string.Create(
                CultureInfo.InvariantCulture,
                $"has {length} bytes, expected at most {limit >> 20} MB; check that it is the right file");
            throw new InputException(name, 0, null, problem);
        }
    }

    private static string NearestBeside(FileInfo file)
    {
        if (file.Directory is not { Exists: true } directory)
        {
            return "";
        }

        string? nearest = Spelling.Nearest(file.Name, directory.EnumerateFiles("*" + file.Extension).Take(1000).Select(f => f.Name));
        return nearest is null ? "" : $"; the nearest name there is {OneLine.Quote(nearest)}";
    }
}

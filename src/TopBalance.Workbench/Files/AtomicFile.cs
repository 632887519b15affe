using System.Security;
using System.Text;

namespace TopBalance.Workbench.Files;

/// <summary>Writes files that are there whole or not at all: under a temporary name beside them, flushed, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes text as UTF-8, replacing a file of that name. What fails or is cancelled leaves the old file, or none.</summary>
    /// <exception cref="InputException">The file cannot be written there.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        string target = Checked(path);
        string temporary = Temporary(target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            using (var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16))
            {
                write(writer);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException)
        {
            throw new InputException(path, 0, null, $"cannot be written ({e.Message})", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>
    /// Says early what would make <see cref="Write"/> fail: a folder that is missing or takes no file, a path that is no file.
    /// </summary>
    /// <exception cref="InputException">The file cannot be written there.</exception>
    public static void Check(string path)
    {
        string target = Checked(path);
        try
        {
            new FileStream(Temporary(target), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException)
        {
            throw new InputException(path, 0, null, $"cannot be written ({e.Message})", e);
        }
    }

    private static string Temporary(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");

    private static string Checked(string path)
    {
        if (path.Length == 0)
        {
            throw new InputException(null, 0, null, "the name of the file to write is empty; give one");
        }

        string target;
        try
        {
            bool isLink = new FileInfo(path).LinkTarget is not null;
            target = Path.GetFullPath(isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(path, 0, null, $"cannot be written ({e.Message})", e);
        }

        if (Directory.Exists(target))
        {
            throw new InputException(path, 0, null, "is a directory; name a file in it");
        }

        // renaming something over a device would replace the device
        if (target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith("/proc/", StringComparison.Ordinal))
        {
            throw new InputException(path, 0, null, "is a device, expected the name of a file");
        }

        return Directory.Exists(Path.GetDirectoryName(target))
            ? target
            : throw new InputException(path, 0, null, "there is no such folder; create it first");
    }
}

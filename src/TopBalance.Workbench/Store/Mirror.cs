using System.Text;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Store;

/// <summary>
/// A second copy of a session as it grows: lines are appended after they were acknowledged, and synced. It can lie on another disk.
/// </summary>
internal sealed class Mirror(string folder)
{
    /// <summary>Its file of a session.</summary>
    public string FileOf(string session) => Path.Combine(folder, session + ".jsonl");

    /// <summary>Brings the file up to the lines there are.</summary>
    /// <returns>Why that did not go; null if it did. What was acknowledged stays so.</returns>
    public string? Follow(string session, IReadOnlyList<string> lines)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var file = new FileStream(FileOf(session), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            Append(file, [.. lines.SelectMany(l => Encoding.UTF8.GetBytes(l + "\n"))]);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the mirror {FileOf(session)} cannot be written ({e.Message})";
        }
    }

    /// <summary>Removes the file of a session.</summary>
    public void Delete(string session)
    {
        try
        {
            File.Delete(FileOf(session));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(FileOf(session), 0, null, $"cannot be deleted ({e.Message})", e);
        }
    }

    // what is there and agrees is left alone; a torn or foreign end is replaced
    private static void Append(FileStream file, byte[] wanted)
    {
        long same = Math.Min(file.Length, wanted.Length);
        byte[] tail = new byte[Math.Min(same, 4096)];
        file.Position = same - tail.Length;
        file.ReadExactly(tail);
        bool agrees = file.Length <= wanted.Length && wanted.AsSpan((int)same - tail.Length, tail.Length).SequenceEqual(tail);
        file.Position = agrees ? same : 0;
        file.Write(wanted.AsSpan((int)file.Position));
        file.SetLength(wanted.Length);
        file.Flush(flushToDisk: true);
    }
}

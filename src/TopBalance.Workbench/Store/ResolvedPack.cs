using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Store;

/// <summary>A pack with every text that it was read from, so that a session can be read again when libraries have changed.</summary>
public static class ResolvedPack
{
    private const string Own = "pack/";

    /// <summary>Reads a pack file and keeps all texts.</summary>
    /// <exception cref="InputException">The file, or one it names, is wrong.</exception>
    public static (PackSpec Pack, ImmutableArray<PackText> Texts) Read(string path)
    {
        PartLibrary library = PartLibrary.BesideProgram;
        var disk = new Recorder(new DiskFiles(), path, library.Root);
        PackSpec pack = PackFile.Load(path, disk, new PartLibrary(library.Root, disk)).Spec;
        return (pack, disk.Texts);
    }

    /// <summary>Reads a pack out of its texts alone.</summary>
    /// <exception cref="InputException">They are damaged or do not make a pack.</exception>
    public static PackSpec Of(ImmutableArray<PackText> texts)
    {
        if (texts.IsDefaultOrEmpty)
        {
            throw new InputException(null, 0, null, "the session says nothing of its pack; the file is damaged");
        }

        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (PackText text in texts)
        {
            files[text.Name] = Encoding.UTF8.GetBytes(text.Text);
            if (!string.Equals(Hash(files[text.Name]), text.Sha256, StringComparison.Ordinal))
            {
                throw new InputException(text.Name, 0, null, "does not have the hash that was noted of it; the session is damaged");
            }
        }

        return PackFile.Load(texts[0].Name, new MemoryFiles(files), new PartLibrary(files)).Spec;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // names what is read so that files in memory find each other the same way
    private sealed class Recorder(DiskFiles disk, string first, string library) : IFileSource
    {
        private readonly Dictionary<string, string> aliases = new(StringComparer.Ordinal) { [first] = Own + Path.GetFileName(first) };
        private readonly List<PackText> texts = [];

        public ImmutableArray<PackText> Texts => [.. texts];

        public string Resolve(string from, string path)
        {
            string name = disk.Resolve(from, path);
            string alias = Alias(from);
            aliases[name] = alias[..(alias.LastIndexOf('/') + 1)] + path;
            return name;
        }

        public byte[] Read(string name, long limit)
        {
            byte[] bytes = disk.Read(name, limit);

            // a byte-order mark is no text
            byte[] plain = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
            if (texts.TrueForAll(t => !string.Equals(t.Name, Alias(name), StringComparison.Ordinal)))
            {
                texts.Add(new PackText(Alias(name), Hash(plain), Encoding.UTF8.GetString(plain)));
            }

            return bytes;
        }

        private string Alias(string name) => aliases.TryGetValue(name, out string? alias) ? alias
            : Path.GetRelativePath(library, name).Replace(Path.DirectorySeparatorChar, '/');
    }
}

namespace TopBalance.Workbench.Files;

/// <summary>Where files come from: the disk, or texts in memory that were uploaded or stored together.</summary>
public interface IFileSource
{
    /// <summary>The name under which a file that another one names is found.</summary>
    /// <param name="from">The file that names it.</param>
    /// <param name="path">The path as written there.</param>
    string Resolve(string from, string path);

    /// <summary>Reads a whole file.</summary>
    /// <param name="name">A name that <see cref="Resolve"/> gave, or that of the first file.</param>
    /// <param name="limit">Most bytes it may have.</param>
    /// <exception cref="InputException">It is missing, no file, empty, too large or not readable.</exception>
    byte[] Read(string name, long limit);
}

using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Validation;

/// <summary>The folder with measured data. It is no part of the project: where it is absent nothing can be judged.</summary>
public sealed class DataFolder
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "TOPBALANCE_DATA";

    // a working copy is known by this file
    private const string RootMark = "TopBalance.slnx";
    private static readonly string Usual = Path.Combine("..", "shared", "data");
    private readonly string root;

    /// <param name="root">An existing folder.</param>
    public DataFolder(string root) => this.root = Path.GetFullPath(root);

    /// <summary>
    /// The folder the environment names, else <c>../shared/data</c> seen from the working copy that the working folder lies in, or from the
    /// working folder.
    /// </summary>
    /// <param name="named">Value of <see cref="Variable"/>, or null or empty.</param>
    /// <param name="workingFolder">Where to look from.</param>
    /// <param name="absence">If null is returned: what was looked for in vain, in a few words.</param>
    public static DataFolder? Find(string? named, string workingFolder, out string absence)
    {
        if (!string.IsNullOrEmpty(named))
        {
            absence = $"{Variable} names {OneLine.Quote(named)}, which is no folder";
            return Directory.Exists(named) ? new DataFolder(named) : null;
        }

        absence = $"no folder {Usual} beside the working copy; {Variable} can name another";
        return (from folder in Roots(workingFolder).Append(workingFolder)
                let path = Path.Combine(folder, Usual)
                where Directory.Exists(path)
                select new DataFolder(path)).FirstOrDefault();
    }

    /// <summary>The folder that <see cref="Find"/> finds for this process.</summary>
    public static DataFolder? Default(out string absence) =>
        Find(Environment.GetEnvironmentVariable(Variable), Environment.CurrentDirectory, out absence);

    /// <summary>Which of a case's files are not there.</summary>
    public IEnumerable<string> Missing(IValidationCase validation) =>
        validation.Data.SelectMany(d => d.Files).Where(f => !File.Exists(PathOf(f)));

    /// <summary>Reads a table.</summary>
    /// <param name="file">Path inside the folder, with <c>/</c>; <c>.gz</c> is unpacked.</param>
    /// <exception cref="InputException">It is not there, or no table of numbers.</exception>
    public DataTable Read(string file) => DataTable.Read(PathOf(file), file);

    private static IEnumerable<string> Roots(string workingFolder)
    {
        for (DirectoryInfo? folder = new(workingFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMark)))
            {
                yield return folder.FullName;
            }
        }
    }

    private string PathOf(string file) => Path.Combine([root, .. file.Split('/')]);
}

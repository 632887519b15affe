using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Store;

/// <summary>Where packs and sessions are kept.</summary>
public static class StoreFolder
{
    /// <summary>The folder of a user: <c>XDG_DATA_HOME</c> where it is set, else that of the system.</summary>
    /// <param name="variable">A variable of the environment, or null.</param>
    public static string OfUser(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? data = variable("XDG_DATA_HOME");
        string home = string.IsNullOrEmpty(data)
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            : data;
        return home.Length > 0
            ? Path.Combine(home, "topbalance")
            : throw new InputException(null, 0, null, "there is no folder for data of this user; name one with --data");
    }

    /// <summary>Creates it where it is missing.</summary>
    /// <exception cref="InputException">It cannot be, or it lies on another machine: a database there is damaged sooner or
    /// later.</exception>
    public static string Prepared(string folder) => Prepared(folder, static path => new DriveInfo(path).DriveType);

    internal static string Prepared(string folder, Func<string, DriveType> typeOf)
    {
        try
        {
            string full = Directory.CreateDirectory(folder).FullName;
            return typeOf(full) == DriveType.Network || full.StartsWith(@"\\", StringComparison.Ordinal)
                ? throw new InputException(folder, 0, null,
                    "lies on another machine, where a database can be damaged; name a folder of this one with --data")
                : full;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException(folder, 0, null, $"cannot be used for sessions ({e.Message}); name another folder with --data", e);
        }
    }
}

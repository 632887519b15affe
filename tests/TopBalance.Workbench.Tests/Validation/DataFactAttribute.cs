using TopBalance.Workbench.Validation;

namespace TopBalance.Workbench.Tests.Validation;

/// <summary>A test that needs the folder of measured data; without it, it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute() => Skip = Data(out string absence) is null ? $"no data: {absence}" : null;

    public static DataFolder? Data(out string absence) =>
        DataFolder.Find(Environment.GetEnvironmentVariable(DataFolder.Variable), Files.Repository.Root, out absence);
}

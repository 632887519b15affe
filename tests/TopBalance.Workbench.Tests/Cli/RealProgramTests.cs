using System.Diagnostics;
using TopBalance.Cli;

namespace TopBalance.Workbench.Tests.Cli;

/// <summary>The program as its own process behind a shell: what it does with streams that nobody can make up.</summary>
public sealed class RealProgramTests
{
    [Theory]
    [InlineData("cells > /dev/full", ExitCode.WrongInput, "topbalance: the output cannot be written: ")]
    [InlineData("cells --json > /dev/full", ExitCode.WrongInput, "topbalance: the output cannot be written: ")]
    [InlineData("cells >&-", ExitCode.WrongInput, "topbalance: the output cannot be written: ")]
    [InlineData("--help | true", ExitCode.Done, "")]
    [InlineData("cells --json | head -c 1 > /dev/null", ExitCode.Done, "")]
    [InlineData("nonsense 2> /dev/full", ExitCode.WrongInput, "")]
    public async Task A_stream_that_takes_nothing_is_no_internal_error(string command, int exitCode, string error)
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        (int code, string told) = await ShellAsync(command);

        code.ShouldBe(exitCode, told);
        told.ShouldStartWith(error);
        told.Count(c => c == '\n').ShouldBe(error.Length > 0 ? 1 : 0, told);
    }

    private static async Task<(int ExitCode, string Error)> ShellAsync(string command)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "TopBalance.Cli.dll");
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };

        // bash complains of a locale that is not installed; that is not what is asked here
        start.Environment["LC_ALL"] = "C";
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"dotnet '{program}' {command}; exit ${{PIPESTATUS[0]}}");
        using Process process = Process.Start(start)!;
        string told = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, told);
    }
}

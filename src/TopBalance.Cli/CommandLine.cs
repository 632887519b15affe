using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using TopBalance.Cli.Commands;
using TopBalance.Workbench.Files;

namespace TopBalance.Cli;

/// <summary>The program from its arguments to its exit code.</summary>
public static class CommandLine
{
    /// <summary>Name of the program.</summary>
    public const string ProgramName = "topbalance";

    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs the program.</summary>
    /// <param name="args">Its arguments, without its name.</param>
    /// <param name="terminal">What it talks through.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCode"/>. Nothing is thrown.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        try
        {
            ParseResult parsed = CommandList.CreateRoot(terminal).Parse(args, Parsing);
            if (parsed.Errors.Count > 0 && parsed.Action is not (HelpAction or ExampleHelp))
            {
                return Fail(terminal, ParseErrors.InOneLine(parsed), ExitCode.WrongInput);
            }

            var invocation = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            int exitCode = await parsed.InvokeAsync(invocation, cancellationToken);
            await terminal.Out.FlushAsync(CancellationToken.None);
            return exitCode;
        }
        catch (InputException e)
        {
            return Fail(terminal, e.Message, ExitCode.WrongInput);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the cursor may stand behind a question
            terminal.Error.Write(terminal.InIsTerminal && terminal.ErrorIsTerminal ? "\n" : "");
            return Fail(terminal, "stopped", ExitCode.Interrupted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // standard output is closed, or on a full disk; a pipe that is closed takes everything in silence
            return Fail(terminal, $"the output cannot be written: {e.Message}", ExitCode.WrongInput);
        }
        catch (Exception e)
        {
            return Fail(terminal, $"internal error: {OneLine(e.Message)} {ErrorLog.Write(terminal, args, e)}", ExitCode.InternalError);
        }
    }

    private static int Fail(Terminal terminal, string message, int exitCode)
    {
        try
        {
            terminal.Error.Write($"{ProgramName}: {OneLine(message)}\n");
        }
        catch (IOException)
        {
            // nobody can be told; the exit code says it
        }

        return exitCode;
    }

    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

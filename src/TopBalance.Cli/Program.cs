using System.Runtime.InteropServices;
using TopBalance.Cli;

Terminal terminal = Terminal.OfProcess();
using var interrupted = new CancellationTokenSource();

void Interrupt(PosixSignalContext signal)
{
    // a second Ctrl-C ends the process at once
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}

using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

// a terminal that is closed leaves no half-written file behind either
using var closed = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);
int exitCode = await CommandLine.RunAsync(args, terminal, interrupted.Token);

// a simulation that was interrupted may still be running on its thread
Environment.Exit(exitCode);
return exitCode;

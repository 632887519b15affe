using System.Collections.Concurrent;

namespace TopBalance.Cli;

/// <summary>
/// Keys as they are pressed. From the first look on somebody waits for the next key all the time: between two waits the system would write
/// what is typed across the screen.
/// </summary>
internal sealed class Keyboard
{
    private readonly ConcurrentQueue<char> pressed = new();
    private Thread? waits;

    /// <summary>The key pressed since the last call, or null; never waits.</summary>
    public char? Next()
    {
        if (Console.IsInputRedirected)
        {
            return null;
        }

        if (waits is null)
        {
            waits = new Thread(Wait) { IsBackground = true, Name = "keyboard" };
            waits.Start();
        }

        return pressed.TryDequeue(out char key) ? key : null;
    }

    private void Wait()
    {
        while (true)
        {
            try
            {
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                if (key.KeyChar != '\0')
                {
                    pressed.Enqueue(key.KeyChar);
                }
            }
            catch (Exception e) when (e is InvalidOperationException or IOException)
            {
                // the terminal is gone: nobody presses anything any more
                return;
            }
        }
    }
}

using System.Globalization;
using TopBalance.Workbench.Files;

namespace TopBalance.Cli.Commands;

/// <summary>Asks a person at the terminal. Questions go to standard error: standard output belongs to the answer of the command.</summary>
internal sealed class Questions(Terminal terminal, CancellationToken cancellationToken)
{
    /// <summary>Asks until something is typed.</summary>
    /// <param name="question">What to ask.</param>
    /// <param name="choices">Answers to choose from, shown first; others may be typed too.</param>
    public async Task<string> TextAsync(string question, IEnumerable<string> choices)
    {
        foreach (string choice in choices)
        {
            Say(choice);
        }

        while (true)
        {
            if (await AskAsync(question) is { Length: > 0 } answer)
            {
                return answer;
            }
        }
    }

    /// <summary>Asks for a whole number from 1; empty takes the default if there is one.</summary>
    public async Task<int> WholeNumberAsync(string question, int? otherwise, int most)
    {
        while (true)
        {
            double? number = await NumberAsync(question, otherwise);
            if (number is { } n && n >= 1 && n <= most && n == Math.Floor(n))
            {
                return (int)n;
            }

            Say(string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {most}, please"));
        }
    }

    /// <summary>Asks for a number above 0. A decimal comma is taken and echoed. Empty takes the default, which may be null.</summary>
    public async Task<double?> NumberAsync(string question, double? otherwise)
    {
        string shown = otherwise is { } value ? $"{question} [{NumberText.Write(value)}]" : question;
        while (true)
        {
            string answer = await AskAsync(shown);
            if (answer.Length == 0)
            {
                return otherwise;
            }

            if (NumberText.TryParseTyped(answer, out double number) && number > 0)
            {
                Say(answer.Contains(',', StringComparison.Ordinal) ? $"taken as {NumberText.Write(number)}" : null);
                return number;
            }

            Say("a number above 0, please");
        }
    }

    private async Task<string> AskAsync(string question)
    {
        await terminal.Error.WriteAsync(question + " ");
        await terminal.Error.FlushAsync(cancellationToken);

        // a console cannot be told to stop reading: Ctrl-C leaves the read behind
        string? answer = await Task.Run(terminal.In.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim() ?? throw new InputException(null, 0, null, "the input ended before the answer; nothing was written");
    }

    private void Say(string? text)
    {
        if (text is not null)
        {
            terminal.Error.Write($"  {text}\n");
        }
    }
}

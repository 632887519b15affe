using System.Collections.Immutable;
using System.CommandLine;

namespace TopBalance.Cli.Commands;

/// <summary>A command with what every command has: examples in its help, and <c>--json</c>.</summary>
internal sealed class ExampleCommand : Command
{
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does, in a sentence.</param>
    /// <param name="examples">At least one, without the program's name.</param>
    public ExampleCommand(string name, string description, params ImmutableArray<string> examples)
        : base(name, description)
    {
        Examples = examples;
        Options.Add(Json);
    }

    /// <summary>Ways to call it.</summary>
    public ImmutableArray<string> Examples { get; }

    /// <summary>One JSON document on standard output and nothing else there.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Write one JSON document on standard output, nothing else there" };
}

using System.Collections.Immutable;
using TopBalance.Inference.Observations;

namespace TopBalance.Workbench.Files;

/// <summary>An entry of an observations file.</summary>
/// <param name="Seen">What it says.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Text">As it is written there, one or more lines.</param>
public sealed record ObservationEntry(Observation Seen, int Line, string Text);

/// <summary>What was done to a pack and seen of it, in the order in which it happened.</summary>
/// <param name="File">The file as its reader named it.</param>
/// <param name="Entries">At least one.</param>
/// <param name="Files">The file, then every log it led to, with their hashes.</param>
public sealed record ObservationLog(string File, ImmutableArray<ObservationEntry> Entries, ImmutableArray<FileRead> Files)
{
    /// <summary>Hands the observations on one after another.</summary>
    /// <param name="take">Takes the next one.</param>
    /// <exception cref="InputException">It refused one with an <see cref="ArgumentException"/>; names file and line.</exception>
    public void ForEach(Action<ObservationEntry> take)
    {
        foreach (ObservationEntry entry in Entries)
        {
            try
            {
                take(entry);
            }
            catch (ArgumentException e)
            {
                throw new InputException(File, entry.Line, null, Refusal.Of(e), e);
            }
        }
    }
}

using System.Collections.Immutable;

namespace TopBalance.Workbench.Files;

/// <summary>A piece of a YAML document with the line it begins on.</summary>
/// <param name="Line">From 1.</param>
internal abstract record YamlNode(int Line)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Seen { get; }

    /// <summary>True for a key without a value.</summary>
    public virtual bool IsNothing => false;
}

/// <summary>A text or number; which, its reader decides.</summary>
/// <param name="Text">As written, without quotes.</param>
/// <param name="Quoted">It stood in quotes.</param>
/// <param name="Line">From 1.</param>
internal sealed record YamlScalar(string Text, bool Quoted, int Line) : YamlNode(Line)
{
    public override string Seen => IsNothing ? "no value" : OneLine.Quote(Text);

    public override bool IsNothing => !Quoted && Text is "" or "~" or "null";
}

/// <summary>A list.</summary>
/// <param name="Items">In order.</param>
/// <param name="Line">From 1.</param>
internal sealed record YamlList(ImmutableArray<YamlNode> Items, int Line) : YamlNode(Line)
{
    public override string Seen => "a list";
}

/// <summary>A map; no key occurs twice.</summary>
/// <param name="Entries">In order.</param>
/// <param name="Line">From 1.</param>
internal sealed record YamlMap(ImmutableArray<YamlEntry> Entries, int Line) : YamlNode(Line)
{
    public override string Seen => "a map of keys";
}

/// <summary>A key and its value.</summary>
/// <param name="Name">The key.</param>
/// <param name="Line">Line of the key, from 1.</param>
/// <param name="Value">Its value.</param>
internal sealed record YamlEntry(string Name, int Line, YamlNode Value);

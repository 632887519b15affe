using System.Collections.Immutable;

namespace TopBalance.Words;

/// <summary>A sentence for people: its place in the catalogue, and what is put into it.</summary>
/// <param name="Key">E.g. <c>refused.interlock-untested</c>.</param>
/// <param name="Values">For <c>{0}</c>, <c>{1}</c> …, numbers already with their unit.</param>
public sealed record Phrase(string Key, params ImmutableArray<string> Values)
{
    /// <summary>In English.</summary>
    public override string ToString() => Catalogue.English.Say(this);
}

using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>One rule of the setup check. It never throws: a <see cref="PackSpec"/> is valid, but may be absurd.</summary>
internal interface ISetupRule
{
    /// <summary>The code that all its findings bear, in kebab-case.</summary>
    string Code { get; }

    /// <summary>What it finds; nothing when all is right.</summary>
    IEnumerable<Finding> Examine(PackSpec pack);
}

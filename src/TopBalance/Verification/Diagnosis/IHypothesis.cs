namespace TopBalance.Verification.Diagnosis;

/// <summary>A possible reason why a pack is not converging. It never throws on a log that says little: then it finds nothing.</summary>
internal interface IHypothesis
{
    /// <summary>The code that all its findings bear, in kebab-case.</summary>
    string Code { get; }

    /// <summary>The question a builder would ask, in words.</summary>
    string InWords { get; }

    /// <summary>What it finds, with a probability each; nothing where the log says nothing about it.</summary>
    IEnumerable<DiagnosisFinding> Examine(DiagnosisCase of);
}

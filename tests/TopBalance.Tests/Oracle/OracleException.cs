namespace TopBalance.Tests.Oracle;

/// <summary>The fine-step integration met something that it does not play.</summary>
internal sealed class OracleException(string message) : Exception(message);

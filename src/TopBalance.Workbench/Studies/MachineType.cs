using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Studies;

/// <summary>What the last bit of a result can depend on besides the program: <c>Math.Exp</c> differs between platforms.</summary>
/// <param name="Machine">System, processor and its vector instructions, e.g. <c>linux-x64 avx2 fma</c>.</param>
/// <param name="Runtime">E.g. <c>.NET 10.0.1</c>.</param>
/// <param name="Math">Fingerprint of some thousand values of the functions that a library of the system computes.</param>
public sealed record MachineType(string Machine, string Runtime, string Math)
{
    private const int Values = 1000;

    /// <summary>The machine this runs on.</summary>
    public static MachineType Here { get; } = new(Name(), RuntimeInformation.FrameworkDescription, Fingerprint());

    private static string Name()
    {
        string system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "other";
        string processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string[] has =
        [
            .. Avx512F.IsSupported ? ["avx512"] : (string[])[],
            .. Avx2.IsSupported ? ["avx2"] : (string[])[],
            .. Fma.IsSupported ? ["fma"] : (string[])[],
            .. AdvSimd.IsSupported ? ["neon"] : (string[])[],
        ];
        return string.Join(' ', [$"{system}-{processor}", .. has]);
    }

    private static string Fingerprint()
    {
        var random = new RandomStream(1, 0x4D415448);
        var bytes = new List<byte>(5 * Values * sizeof(double));
        for (int k = 0; k < Values; k++)
        {
            double x = random.NextUniform(-20, 20);
            double y = random.NextUniform(0, 5);
            foreach (double value in (ReadOnlySpan<double>)[System.Math.Exp(x), System.Math.Log(y), System.Math.Pow(y, x), System.Math.Sin(x), System.Math.Tanh(x)])
            {
                bytes.AddRange(BitConverter.GetBytes(value));
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData([.. bytes]))[..8];
    }
}

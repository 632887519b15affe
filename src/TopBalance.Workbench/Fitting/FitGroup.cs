using System.Collections.Immutable;

namespace TopBalance.Workbench.Fitting;

/// <summary>The stretches of all logs that were measured at one temperature, ready for the fit.</summary>
/// <param name="Celsius">Their temperature, °C.</param>
/// <param name="Stretches">At least 1.</param>
internal sealed record FitGroup(double Celsius, ImmutableArray<FitStretch> Stretches)
{
    private const double UnknownCelsius = 25;

    // temperatures closer than this are one: chambers and rooms are no steadier
    private const double SameCelsius = 2.5;

    // residuals are counted as so many independent ones of this size per stretch, so that a long log does not outvote a short one
    private const double SampleVolts = 0.005, SamplesPerStretch = 900;

    // of the capacity, for the full count of samples; and the count of one that passes through none of it, e.g. a rest
    private const double WholeShare = 0.3, LeastShare = 0.1;

    // of the capacity, passed before the hysteresis has forgotten what it was at the start of a log
    private const double UnknownShare = 0.1;

    private const int MostCompared = 8000;

    // beyond these the end slope of the OCV stands for what no knot describes; the end of a slow charge lies a little beyond full
    private const double LowestSoc = 0, HighestSoc = 1.001, HighestCharging = 1.006, ChargingRate = 1.0 / 60;

    // held at full_v the current falls below this: what follows fills what the model calls full already
    private const double HeldRate = 0.04, HeldVolts = 0.004;

    // the end of a charge decides when a cell trips; a full cell rests for many hours, longer than two time constants tell
    private const double KneeSoc = 0.97, KneeWeight = 3, RestWeight = 0.1;

    /// <summary>Sorts the stretches of <paramref name="balance"/> by temperature, rising.</summary>
    public static ImmutableArray<FitGroup> Sort(ChargeBalance balance, FitOptions options)
    {
        var all = new List<(double Celsius, FitStretch Stretch)>();
        foreach (CellLog log in balance.Logs)
        {
            var count = new ChargeCount(log, balance.Efficiency);
            ImmutableArray<SocAnchor> anchors = count.Anchors(balance.CapacityAh, options);
            for (int s = 0; s < log.Stretches.Length && anchors.Length > 0; s++)
            {
                if (!log.Stretches[s].IsCompared)
                {
                    continue;
                }

                all.Add((log.Stretches[s].Temperature?.Value ?? UnknownCelsius, Prepare(log, s, count, anchors, balance, options.Full.Value)));
            }
        }

        var groups = new List<FitGroup>();
        foreach ((double celsius, FitStretch stretch) in all.Where(a => a.Stretch.Weights.Any(w => w > 0)).OrderBy(a => a.Celsius))
        {
            if (groups.Count > 0 && celsius - groups[^1].Celsius < SameCelsius)
            {
                groups[^1] = groups[^1] with { Stretches = groups[^1].Stretches.Add(stretch) };
            }
            else
            {
                groups.Add(new FitGroup(celsius, [stretch]));
            }
        }

        return [.. groups];
    }

    private static FitStretch Prepare(CellLog log, int s, ChargeCount count, ImmutableArray<SocAnchor> anchors, ChargeBalance balance, double fullVolts)
    {
        LogStretch from = log.Stretches[s];
        double startAh = count.StartAh(s);
        SocAnchor near = anchors.MinBy(a => Math.Abs(a.Stretch - s) + (Math.Abs(a.Ah - startAh) / balance.CapacityAh));
        double soc = near.Soc + ((startAh - near.Ah) / balance.CapacityAh);
        var stretch = new FitStretch(from.Source, [.. from.Seconds], [.. from.Amps], [.. from.Volts])
        {
            StartSoc = soc,
            CountedSoc = soc,
            SocSigma = near.Sigma + 0.0005,
            StartHysteresis = Came(log, s, soc),
            IsRestedFull = s == 0 && near is { Stretch: 0, Ah: 0 } && soc > 0.9,
        };
        stretch.Count(balance.Efficiency);

        // how a log's first current finds the cell is known only of one that is full or empty
        bool unknown = s == 0 && near is not { Stretch: 0, Ah: 0 };
        Weigh(stretch, balance.CapacityAh, fullVolts, unknown ? UnknownShare * balance.CapacityAh : 0);
        return stretch;
    }

    // the branch of the hysteresis the stretch begins on: the way of the last current before it
    private static double Came(CellLog log, int s, double soc)
    {
        for (int earlier = s - 1; earlier >= 0; earlier--)
        {
            ImmutableArray<double> amps = log.Stretches[earlier].Amps;
            for (int k = amps.Length - 1; k >= 0; k--)
            {
                if (amps[k] != 0)
                {
                    return Math.Sign(amps[k]);
                }
            }
        }

        return soc > 0.9 ? 1 : soc < 0.1 ? -1 : 0;
    }

    private static void Weigh(FitStretch stretch, double capacityAh, double fullVolts, double unknownAh)
    {
        int usable = 0;
        double passed = 0;
        int every = Math.Max(1, stretch.Seconds.Length / MostCompared);
        bool held = false;
        for (int k = 0; k < stretch.Seconds.Length; k++)
        {
            double soc = stretch.StartSoc + (stretch.ChargeAh[k] / capacityAh);
            double rate = stretch.Amps[k] / capacityAh;
            held = rate >= 0 && (held || (rate > 0 && rate <= HeldRate && stretch.Volts[k] > fullVolts - HeldVolts && k > 0
                && stretch.Volts[k - 1] > fullVolts - HeldVolts));
            passed += k == 0 ? 0 : Math.Abs(stretch.ChargeAh[k] - stretch.ChargeAh[k - 1]);
            bool compared = k % every == 0 && passed >= unknownAh && soc >= LowestSoc && soc <= (rate > ChargingRate ? HighestCharging : HighestSoc) && !held;
            stretch.Weights[k] = !compared ? 0 : soc < KneeSoc || rate < 0 ? 1 : rate > 0 ? KneeWeight : RestWeight;
            usable += compared ? 1 : 0;
        }

        // a stretch that passes through little of the cell says little of it
        double share = Math.Clamp((stretch.ChargeAh.Max() - stretch.ChargeAh.Min()) / (WholeShare * capacityAh), LeastShare, 1);
        double weight = Math.Sqrt(Math.Min(1, SamplesPerStretch * share / Math.Max(1, usable))) / SampleVolts;
        for (int k = 0; k < stretch.Seconds.Length; k++)
        {
            stretch.Weights[k] *= weight;
        }
    }
}

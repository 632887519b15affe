using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Setup;
using TopBalance.Words;

namespace TopBalance.Procedure;

/// <summary>A lamp mark that proves nothing: dark, but seen so late that a lit lamp may have gone out.</summary>
/// <param name="Entry">Number of its line.</param>
/// <param name="Late">How long after the end of the charge it was seen.</param>
/// <param name="Release">The earliest a lamp that was lit may be out.</param>
public sealed record UselessMark(int Entry, Seconds Late, Seconds Release)
{
    /// <summary>Why, for the person who noted it.</summary>
    public Phrase Why => new("lamp.dark-too-late", Say.Duration(Late.Value), Say.Duration(Release.Value));
}

/// <summary>An observation and the line of the log that it ends with.</summary>
/// <param name="Entry">Number of the line.</param>
/// <param name="Seen">What was done and seen.</param>
public sealed record SeenEntry(int Entry, Observation Seen);

/// <summary>
/// What was done and seen in a session, in the order in which it happened: all that belief and plan may know of it. Disputed lines are left
/// out.
/// </summary>
/// <param name="Entries">In the order of their beginnings.</param>
/// <param name="Useless">Lamp marks that prove nothing.</param>
public sealed record SessionSeen(ImmutableArray<SeenEntry> Entries, ImmutableArray<UselessMark> Useless)
{
    /// <summary>The observations alone.</summary>
    public ImmutableArray<Observation> Observations => [.. Entries.Select(e => e.Seen)];

    /// <summary>Reads them out of a session's log.</summary>
    public static SessionSeen Of(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var reader = new SeenReader(session);
        foreach (Line line in Line.InOrder(session.Log))
        {
            if (!session.Disputed.TryGetValue(line.Number, out Dispute? dispute) || dispute.Counts == true)
            {
                reader.Read(line);
            }
        }

        return reader.Finish();
    }
}

/// <summary>Goes through the lines that count.</summary>
internal sealed class SeenReader(Session session)
{
    // a meter across the pack shows the end of a charge for so long after it, cells only while the current flows, s
    private const double PackMeterSeconds = 30, CellMeterSeconds = 60;

    // a dark lamp says something of the end if it is looked at no earlier than this before it, s
    private const double EarlySeconds = 30;

    // nobody knows how long a pack had rested before it was described, s
    private const double LongRest = 24 * 3600;

    private const double LeastSeconds = 1;

    private readonly List<(double Start, SeenEntry Entry)> seen = [];
    private readonly List<UselessMark> useless = [];
    private readonly Dictionary<int, (StepStarted Started, Line Line)> open = [];
    private readonly List<Line> marks = [];
    private readonly List<double> present = [];
    private ChargeSeen? charge;
    private (int Entry, double Start, double End) ofCharge;
    private double idleSince = double.NegativeInfinity;

    public void Read(Line line)
    {
        switch (line.Event)
        {
            case StepStarted started:
                Start(started, line);
                break;
            case ChargeEnded ended:
                EndCharge(line, ended.Ended, ended);
                break;
            case CellChargeEnded ended:
                EndCells(line, ended);
                break;
            case DrainEnded ended:
                End(line, s => s is DrainCell drain && drain.Cell == ended.Cell);
                break;
            case RestEnded rest:
                EndRests(line, rest.LastLampOut);
                break;
            case AllOff:
                EndCharge(line, ChargeEnding.Stopped, new ChargeEnded(ChargeEnding.Stopped));
                End(line, static s => s is ChargeCells or DrainCell);
                break;
            case LampsNoted or LampCameOn or PackMeasured or TripNoted:
                marks.Add(line);
                break;
            case PresenceConfirmed:
                present.Add(line.Seconds);
                break;
            case CellsMeasured cells:
                Measure(cells, line);
                break;
            case LoopTested test:
                Add(line, line.Seconds, new LoopTestSeen(test.ChargerStopped) { After = test.After, Buzzer = test.Buzzer });
                break;
            case IgnitionCycled:
                Add(line, line.Seconds, new ResetSeen());
                break;
            case PackUsed used:
                CloseCharge();
                Add(line, line.Seconds, new UseSeen(used.Charge));
                break;
        }
    }

    public SessionSeen Finish()
    {
        CloseCharge();
        return new SessionSeen([.. seen.OrderBy(s => s.Start).Select(s => s.Entry)], [.. useless]);
    }

    private void Start(StepStarted started, Line line)
    {
        EndRests(line, lastLampOut: false);
        if (started.Step is not Rest)
        {
            CloseCharge();
            marks.Clear();
        }

        present.Clear();
        open[line.Number] = (started, line);
    }

    private void EndCharge(Line line, ChargeEnding how, ChargeEnded ended)
    {
        foreach ((int number, (StepStarted started, Line start)) in open.Where(o => o.Value.Started.Step is Charge).ToArray())
        {
            open.Remove(number);
            var step = (Charge)started.Step;
            charge = new ChargeSeen(step with { Limit = Lasted(start, line) }, how)
            {
                EndCurrent = ended.EndCurrent,
                Charge = ended.Charge,
                TimeSigma = Sigma(start, line),
            };
            ofCharge = (line.Number, start.Seconds, line.Seconds);
            idleSince = line.Seconds;
        }
    }

    private void EndCells(Line line, CellChargeEnded ended)
    {
        foreach ((int number, (StepStarted started, Line start)) in open
            .Where(o => o.Value.Started.Step is ChargeCells c && c.Cells[0] == ended.First).ToArray())
        {
            open.Remove(number);
            var step = (ChargeCells)started.Step;
            LampsSeen? lamps = ended.Red is { } red ? new LampsSeen(red, []) : null;
            Add(line, start.Seconds, Timed(new CellChargeSeen(step with { Limit = Lasted(start, line) }, ended.Ended)
            {
                Tripped = ended.Tripped,
                Lamps = lamps,
                EndCurrent = ended.EndCurrent,
            }, start, line, step.Cells.Length > 1 ? Attendance.OfFour : null));
        }
    }

    private void End(Line line, Func<Step, bool> which)
    {
        foreach ((int number, (StepStarted started, Line start)) in open.Where(o => which(o.Value.Started.Step)).ToArray())
        {
            open.Remove(number);
            switch (started.Step)
            {
                case ChargeCells step:
                    Add(line, start.Seconds, Timed(
                        new CellChargeSeen(step with { Limit = Lasted(start, line) }, CellChargeEnding.Stopped), start, line,
                            step.Cells.Length > 1 ? Attendance.OfFour : null));
                    break;
                case DrainCell step:
                    Add(line, start.Seconds,
                        Timed(new DrainSeen(step with { Duration = Lasted(start, line) }), start, line, Attendance.OfDrain));
                    break;
            }
        }
    }

    private void EndRests(Line line, bool lastLampOut)
    {
        foreach ((int number, (_, Line start)) in open.Where(o => o.Value.Started.Step is Rest).ToArray())
        {
            open.Remove(number);
            Add(line, start.Seconds, new RestSeen(new Rest { Duration = Lasted(start, line), UntilShuntsOff = lastLampOut }));
        }
    }

    // nobody was seen there up to the end: it may have ended at any time since, unless somebody says when
    private Observation Timed(Observation timed, Line start, Line end, Seconds? attended)
    {
        double last = present.Where(p => p >= start.Seconds && p <= end.Seconds).Append(start.Seconds).Max();
        if (attended is not { } every || end.Late || end.Seconds - last <= every.Value + Attendance.Grace.Value)
        {
            return Sigma(start, end) is { } sigma ? timed with { TimeSigma = sigma } : timed;
        }

        var middle = new Seconds(Math.Max(LeastSeconds, (0.5 * (last + end.Seconds)) - start.Seconds));
        Observation lapsed = timed switch
        {
            DrainSeen drain => drain with { Step = drain.Step with { Duration = middle } },
            CellChargeSeen cells => cells with { Step = cells.Step with { Limit = middle } },
            _ => timed,
        };
        return lapsed with { TimeSigma = new Seconds(Math.Max(end.Within, (end.Seconds - last) / Math.Sqrt(12))) };
    }

    private void Measure(CellsMeasured cells, Line line)
    {
        (StepStarted Started, Line Line)[] charging = [.. open.Values.Where(o => o.Started.Step is Charge)];
        if (cells.Cells.IsEmpty || charging.Length > 0)
        {
            // how near the end that was is known when it has come
            marks.Add(line);
            return;
        }

        double rested = double.IsNegativeInfinity(idleSince) ? LongRest : line.Seconds - idleSince;
        CloseCharge();
        Add(line, line.Seconds, new VoltagesSeen(cells.Cells, new Seconds(Math.Max(LeastSeconds, rested))));
    }

    private void CloseCharge()
    {
        if (charge is not { } ended)
        {
            return;
        }

        charge = null;
        double amps = (ended.EndCurrent ?? ended.Step.Current ?? session.Pack.Charger.Current).Value;
        double release = LampRelease.Earliest(session.Pack, new Amperes(Math.Max(amps, 0.01))).Value;
        ChargeSeen whole = ended with
        {
            Lamps = Lamps(release),
            RedAfter = RedAfter(),
            Tripped = ended.Ended == ChargeEnding.Hvc
                ? marks.Select(m => m.Event).OfType<TripNoted>().LastOrDefault()?.Trip ?? Trip.Unseen : default,
            PackVoltage = marks.LastOrDefault(m => m.Event is PackMeasured && NearEnd(m, PackMeterSeconds)).Event is PackMeasured pack
                ? pack.Voltage : null,
        };
        seen.Add((ofCharge.Start, new SeenEntry(ofCharge.Entry, whole with { At = session.WallAt(ofCharge.Start) })));
        foreach (Line mark in marks.Where(m => m.Event is CellsMeasured && m.Seconds <= ofCharge.End && NearEnd(m, CellMeterSeconds)))
        {
            Add(mark, ofCharge.End, new VoltagesSeen(((CellsMeasured)mark.Event).Cells, null));
        }

        marks.Clear();
    }

    private LampsSeen? Lamps(double release)
    {
        (var lit, var dark) = (new SortedSet<int>(), new SortedSet<int>());
        foreach (Line mark in marks)
        {
            if (mark.Event is LampCameOn on)
            {
                lit.Add(on.Cell.Value);
            }

            if (mark.Event is not LampsNoted lamps)
            {
                continue;
            }

            lit.UnionWith(lamps.Red.Select(c => c.Value));
            double late = mark.Seconds - ofCharge.End;
            IEnumerable<int> seenDark = lamps.OthersDark
                ? Enumerable.Range(1, session.Pack.Series).Except(lamps.Red.Select(c => c.Value))
                : lamps.Dark.Select(c => c.Value);
            if (late >= -EarlySeconds && late <= release)
            {
                dark.UnionWith(seenDark);
            }
            else if (late > release && seenDark.Any())
            {
                useless.Add(new UselessMark(mark.Number, new Seconds(late), new Seconds(release)));
            }
        }

        dark.ExceptWith(lit);
        return lit.Count + dark.Count == 0 ? null
            : dark.Count == 0 && lit.Count < session.Pack.Series ? new LampsSeen(Numbers(lit), [], OthersNotSeen: true)
            : new LampsSeen(Numbers(lit), Numbers(Enumerable.Range(1, session.Pack.Series).Except(lit).Except(dark)));
    }

    private ImmutableSortedDictionary<int, Seconds> RedAfter() => marks
        .Where(m => m.Event is LampCameOn && m.Seconds > ofCharge.Start && m.Seconds <= ofCharge.End)
        .GroupBy(m => ((LampCameOn)m.Event).Cell.Value)
        .ToImmutableSortedDictionary(g => g.Key, g => new Seconds(g.Min(m => m.Seconds) - ofCharge.Start));

    private bool NearEnd(Line mark, double within) => Math.Abs(mark.Seconds - ofCharge.End) <= within;

    private void Add(Line line, double start, Observation observation)
    {
        if (observation is CellChargeSeen or DrainSeen or RestSeen)
        {
            CloseCharge();
            idleSince = observation is RestSeen ? idleSince : line.Seconds;
        }

        seen.Add((start, new SeenEntry(line.Number, observation with { At = session.WallAt(start) })));
    }

    private static ImmutableArray<CellNumber> Numbers(IEnumerable<int> cells) => [.. cells.Select(c => new CellNumber(c))];

    private static Seconds Lasted(Line start, Line end) => new(Math.Max(LeastSeconds, end.Seconds - start.Seconds));

    private static Seconds? Sigma(Line start, Line end) => start.Within + end.Within > 0
        ? new Seconds(Math.Sqrt((start.Within * start.Within) + (end.Within * end.Within)))
        : null;
}

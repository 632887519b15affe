namespace TopBalance.Workbench.Planning;

/// <summary>What each method is, in a few words.</summary>
public static class MethodWords
{
    /// <summary>E.g. <c>charge the dark cells one by one with a bench supply</c>; empty for a method without words.</summary>
    public static string Of(string method) => method switch
    {
        "bench-supply" => "charge the dark cells one by one with a bench supply",
        "smart-charger-12v" => "charge four dark neighbours at a time with a 12 V charger, somebody standing by",
        "drain-and-cycle" => "drain the cell that trips a little, charge again, follow the trip",
        "shunt-and-cycle" => "charge to the trip, let the shunts bleed, charge again",
        "low-current-hold" => "turn the charger down to what the shunts carry and let the low cells catch up",
        "all-parallel" => "take the pack apart and join all cells in parallel",
        "mixed" => "after each charge the method that is cheapest from there on",
        _ => "",
    };
}

using System.Text.RegularExpressions;
using TopBalance.Workbench.Validation;

namespace TopBalance.Workbench.Tests.Validation;

/// <summary>What every case of the list must keep, data or not.</summary>
public sealed partial class ValidationCaseContracts
{
    public static TheoryData<string> Ids => [.. ValidationCases.All.Select(c => c.Id)];

    [Fact]
    public void Ids_are_unlike() => ValidationCases.All.Select(c => c.Id).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_case_has_a_name_for_files_a_title_and_a_method(string id)
    {
        IValidationCase one = ValidationRun.Choose(id).ShouldHaveSingleItem();

        FileName().IsMatch(one.Id).ShouldBeTrue(one.Id);
        one.Title.ShouldNotBeNullOrWhiteSpace();
        one.Title.ShouldNotEndWith(".");
        one.Method.ShouldEndWith(".");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_data_name_files_origin_and_licence(string id)
    {
        IValidationCase one = ValidationRun.Choose(id).ShouldHaveSingleItem();

        one.Data.ShouldNotBeEmpty();
        foreach (MeasuredData data in one.Data)
        {
            data.Files.ShouldNotBeEmpty();
            data.Files.ShouldAllBe(f => !Path.IsPathRooted(f) && !f.Contains('\\') && !f.Contains(".."));
            data.Origin.ShouldNotBeNullOrWhiteSpace();
            data.NonCommercial.ShouldBe(data.Licence.Contains("-NC", StringComparison.Ordinal));
            new[] { "CC BY 4.0", "CC BY-NC 4.0", "MIT" }.ShouldContain(data.Licence);
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex FileName();
}

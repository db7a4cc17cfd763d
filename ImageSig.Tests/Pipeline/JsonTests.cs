using System.Text.Json;

namespace ImageSig.Tests.Pipeline;

/// <summary>JSON that is written and read member by member.</summary>
public class JsonTests
{
    [Fact]
    public void A_question_mark_leaves_out_null_but_in_names_from_elsewhere()
    {
        Assert.Equal("""{"a":1,"c":null}""", JsonMembers.Line(new JsonMembers(("?a", 1), ("?b", null), ("c", null))));
        Assert.Equal("""{"?a":1,"?b":null}""", JsonMembers.Line(JsonMembers.Named([("?a", 1), ("?b", null)])));
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":"a"}""")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":"b","c":"d"}""")]
    [InlineData("[]")]
    public void What_is_no_text_or_not_known_is_damage(string text) => Assert.Throws<JsonException>(() => JsonFields.Read(text, json => json.TextIfAny("a")));

    [Fact]
    public void Half_a_letter_in_a_list_is_damage() => Assert.Throws<JsonException>(() => JsonFields.ReadTexts("""["a","\ud800"]"""));

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    public void Numbers_are_finite(string number)
    {
        string text = $$"""{"a":{{number}}}""";
        Assert.Throws<JsonException>(() => JsonFields.Read(text, json => json.Single("a")));
        Assert.Throws<JsonException>(() => JsonFields.Read(text, json => json.Number("a")));
    }

    [Fact]
    public void Of_two_members_of_a_name_the_last_counts()
    {
        Assert.Equal("2", JsonFields.Read("""{"a":"1","a":"2"}""", json => json.Text("a")));
        Assert.Equal("2", JsonFields.Read("""{"p":{"a":"1","a":"2"}}""", json => json.Pairs("p")["a"]));
    }
}

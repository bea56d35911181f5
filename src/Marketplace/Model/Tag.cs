using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>A name and a value by which a buyer tells parts of the usage apart.</summary>
public partial class Tag
{
    /// <summary>
    /// The name. Required. Service model: 1 to 100 of letters, digits, blank and <c>+-=._:/@</c>.
    /// </summary>
    [AWSProperty(Required = true, Min = 1, Max = 100)]
    public string Key { get; set; }

    /// <summary>
    /// The value. Required. Service model: 1 to 256 of letters, digits, blank and <c>+-=._:/@</c>; its prose allows an
    /// empty value, its constraints don't.
    /// </summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string Value { get; set; }
}

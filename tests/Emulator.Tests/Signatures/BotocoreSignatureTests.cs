using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Tests.Signatures;

/// <summary>Signatures that botocore makes and nothing sends, where the machine has it.</summary>
public sealed class BotocoreSignatureTests
{
    private const string Python = "/usr/bin/python3";
    private const string Body = """{"UsageRecords":[]}""";
    private const string Script =
        """
        import json, sys
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
        path, query, token = sys.argv[1:4]
        request = AWSRequest(method='POST', url='http://localhost:4600' + path + '?' + query, data=sys.argv[4],
            headers={'Host': 'localhost:4600', 'X-Amz-Target': 'AWSMPMeteringService.BatchMeterUsage',
                'Content-Type': 'application/x-amz-json-1.1', 'My-Header': '  a    b  '})
        SigV4Auth(Credentials('AKIDEXAMPLE', 'secret', token or None), 'aws-marketplace', 'eu-west-1').add_auth(request)
        print(json.dumps(dict(request.headers.items())))
        """;

    [Theory]
    [InlineData("/", "", "")]
    [InlineData("/", "", "a-token+/==")]
    [InlineData("/", "a-b=2&a=1&a=0&b=%2F", "")]
    [InlineData("/a%20b/./c/../d%2Fe//f/", "x=1", "")]
    public async Task Check_RequestOfBotocore_IsAcceptedAndItsChangedBodyIsNot(string path, string query, string token)
    {
        var headers = await SignAsync(path, query, token);
        var key = new AccessKey
        {
            AccessKeyId = "AKIDEXAMPLE",
            SecretAccessKey = "secret",
            SessionToken = token.Length > 0 ? token : null,
        };
        var request = new SignedRequest("POST", path, query, Encoding.UTF8.GetBytes(Body))
        {
            Header = name => headers.TryGetValue(name, out var value) ? [value] : [],
        };
        var check = new SignatureCheck([key], TimeProvider.System);
        Assert.Null(check.Check(request).Error?.Message);
        Assert.Equal("InvalidSignatureException", check.Check(request with { Body = default }).Error?.Code);
    }

    private static async Task<Dictionary<string, string>> SignAsync(string path, string query, string token)
    {
        if (!File.Exists(Python)) Assert.Skip($"{Python} is not on this machine.");
        using var run = Process.Start(new ProcessStartInfo(Python, ["-c", Script, path, query, token, Body])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if ((await errors).Contains("No module named 'botocore'", StringComparison.Ordinal))
            Assert.Skip("botocore is not on this machine.");
        Assert.Equal(string.Empty, await errors);
        return new(
            JsonSerializer.Deserialize<Dictionary<string, string>>(output)!, StringComparer.OrdinalIgnoreCase);
    }
}

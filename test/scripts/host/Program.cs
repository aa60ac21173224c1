// Runs and inspects the PowerShell script in the real PowerShell engine, on any system.
//   inspect SCRIPT                        prints what the script consists of, as JSON
//   run SCRIPT STAND-INS MACHINE MODE …   runs it against a machine told by a JSON file; the rest are its arguments
//   call SCRIPT STAND-INS MACHINE CODE    loads the script's functions alone and runs CODE
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.Json;

return args switch
{
    ["inspect", var script] => Inspect(script),
    ["run", var script, var standIns, var machine, var mode, .. var rest] => Run(script, standIns, machine, mode, rest),
    ["call", var script, var standIns, var machine, var code] => Call(script, standIns, machine, code),
    _ => throw new ArgumentException("expected: inspect | run | call"),
};

static int Inspect(string script)
{
    var ast = Parser.ParseFile(script, out _, out var errors);
    var commands = ast.FindAll(node => node is CommandAst, true).Cast<CommandAst>();
    var methods = ast.FindAll(node => node is InvokeMemberExpressionAst, true);
    var types = ast.FindAll(node => node is TypeExpressionAst or TypeConstraintAst, true);
    Print(new
    {
        errors = errors.Select(error => $"{error.Extent.StartLineNumber}: {error.Message}"),
        functions = ast.FindAll(node => node is FunctionDefinitionAst, true).Cast<FunctionDefinitionAst>().Select(f => f.Name),
        commands = commands.Select(c => new { name = c.GetCommandName() ?? c.CommandElements[0].Extent.Text, text = c.Extent.Text, line = c.Extent.StartLineNumber }),
        methods = methods.Select(m => new { text = m.Extent.Text, line = m.Extent.StartLineNumber, function = FunctionOf(m) }),
        types = types.Select(t => new { text = t.Extent.Text, line = t.Extent.StartLineNumber, function = FunctionOf(t) }),
        redirections = ast.FindAll(node => node is FileRedirectionAst, true).Select(r => r.Extent.Text),
    });
    return 0;
}

static string FunctionOf(Ast node)
{
    for (var up = node.Parent; up is not null; up = up.Parent)
        if (up is FunctionDefinitionAst function) return function.Name;
    return "";
}

static int Run(string script, string standIns, string machine, string mode, string[] arguments)
{
    using var runspace = Prepare(standIns, machine);
    runspace.SessionStateProxy.LanguageMode = Enum.Parse<PSLanguageMode>(mode);
    using var shell = PowerShell.Create(runspace);
    shell.AddCommand(script);
    foreach (var argument in arguments)
    {
        if (argument.StartsWith('-')) shell.AddParameter(argument[1..]);
        else shell.AddArgument(argument);
    }
    return Finish(shell);
}

static int Call(string script, string standIns, string machine, string code)
{
    using var runspace = Prepare(standIns, machine);
    var ast = Parser.ParseFile(script, out _, out _);
    var functions = ast.FindAll(node => node is FunctionDefinitionAst, false).Select(f => f.Extent.Text);
    using var shell = PowerShell.Create(runspace);
    shell.AddScript(string.Join("\n", functions) + "\n" + code);
    return Finish(shell);
}

static Runspace Prepare(string standIns, string machine)
{
    var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
    runspace.Open();
    using var shell = PowerShell.Create(runspace);
    shell.AddScript(File.ReadAllText(standIns)).AddParameter("Machine", ReadMachine(machine));
    if (Finish(shell) != 0) throw new InvalidOperationException("the stand-ins do not load");
    return runspace;
}

static object? ReadMachine(string file) => ToPowerShell(JsonDocument.Parse(File.ReadAllText(file)).RootElement);

// A DWORD is a signed number in PowerShell, a REG_BINARY an array of bytes: {"binary": "1800"}.
static object? ToPowerShell(JsonElement json) => json.ValueKind switch
{
    JsonValueKind.Object when json.TryGetProperty("binary", out var hex) => Convert.FromHexString(hex.GetString()!),
    JsonValueKind.Object => new System.Collections.Hashtable(
        json.EnumerateObject().ToDictionary(p => p.Name, p => ToPowerShell(p.Value)), StringComparer.OrdinalIgnoreCase),
    JsonValueKind.Array => json.EnumerateArray().Select(ToPowerShell).ToArray(),
    JsonValueKind.Number => unchecked((int)json.GetInt64()),
    JsonValueKind.String => json.GetString(),
    JsonValueKind.True => true,
    JsonValueKind.False => false,
    _ => null,
};

static int Finish(PowerShell shell)
{
    try
    {
        foreach (var item in shell.Invoke()) Console.WriteLine(item);
    }
    catch (RuntimeException error)
    {
        Console.Error.WriteLine($"{error.GetType().Name}: {error.Message}\n{error.ErrorRecord.ScriptStackTrace}");
        return 1;
    }
    foreach (var error in shell.Streams.Error) Console.Error.WriteLine($"error: {error} {error.ScriptStackTrace}");
    return 0;
}

static void Print(object value) =>
    Console.WriteLine(JsonSerializer.Serialize(value, new JsonSerializerOptions { WriteIndented = true }));

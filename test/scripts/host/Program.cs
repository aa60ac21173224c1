// Runs and inspects the PowerShell script in the real PowerShell engine, on any system.
//   inspect SCRIPT                        prints what the script consists of, as JSON
//   run SCRIPT STAND-INS MACHINE MODE …   runs it against a machine told by a JSON file; the rest are its arguments
//   many JOBS                             does several such runs, told by a JSON file, in one go: starting takes long
//   call SCRIPT STAND-INS MACHINE CODE    loads the script's functions alone and runs CODE
#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.Json;

public static class Program
{
    public static int Main(string[] args) => args switch
    {
        ["inspect", var script] => Inspect(script),
        ["run", var script, var standIns, var machine, var mode, .. var rest] => Run(script, standIns, machine, mode, rest),
        ["many", var jobs] => Many(jobs),
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
            commands = commands.Select(c => new
            {
                name = c.GetCommandName() ?? c.CommandElements[0].Extent.Text,
                parameters = c.CommandElements.OfType<CommandParameterAst>().Select(p => p.ParameterName),
                text = c.Extent.Text,
                line = c.Extent.StartLineNumber,
                function = FunctionOf(c),
                condition = ConditionOf(c),
            }),
            methods = methods.Select(m => new { text = m.Extent.Text, line = m.Extent.StartLineNumber, function = FunctionOf(m) }),
            types = types.Select(t => new { text = t.Extent.Text, line = t.Extent.StartLineNumber, function = FunctionOf(t) }),
            variables = ast.FindAll(node => node is VariableExpressionAst, true).Cast<VariableExpressionAst>().Select(v => v.VariablePath.UserPath).Distinct(),
            newer = ast.FindAll(IsNewer, true).Select(n => new { text = n.Extent.Text, line = n.Extent.StartLineNumber, function = FunctionOf(n) }),
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

    // What the nearest "if" around a command asks for.
    static string ConditionOf(Ast node)
    {
        for (var up = node.Parent; up is not null; up = up.Parent)
            if (up is IfStatementAst choice) return choice.Clauses[0].Item1.Extent.Text;
        return "";
    }

    // Syntax that Windows PowerShell 5.1 does not have, or that constrained language mode forbids.
    static bool IsNewer(Ast node) => node switch
    {
        TernaryExpressionAst or PipelineChainAst or UsingStatementAst or TypeDefinitionAst => true,
        BinaryExpressionAst binary => binary.Operator == TokenKind.QuestionQuestion,
        AssignmentStatementAst assignment => assignment.Operator == TokenKind.QuestionQuestionEquals,
        MemberExpressionAst member => member.NullConditional,
        IndexExpressionAst index => index.NullConditional,
        PipelineAst pipeline => pipeline.Background,
        ForEachStatementAst loop => loop.Flags.HasFlag(ForEachFlags.Parallel),
        ScriptBlockAst block => block.CleanBlock is not null,
        StringConstantExpressionAst or ExpandableStringExpressionAst => HasNewerEscape(node.Extent.Text),
        ConstantExpressionAst number => number.Value is byte or sbyte or short or ushort or uint or ulong or System.Numerics.BigInteger,
        _ => false,
    };

    static bool HasNewerEscape(string text) => text.StartsWith('"') && (text.Contains("`e") || text.Contains("`u{"));

    static int Run(string script, string standIns, string machine, string mode, string[] arguments)
    {
        using var runspace = Prepare(standIns, machine);
        runspace.SessionStateProxy.LanguageMode = Enum.Parse<PSLanguageMode>(mode);
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand(script);
        foreach (var argument in arguments)
        {
            if (argument.StartsWith('-') && argument.Split(':', 2) is [var name, var value]) shell.AddParameter(name[1..], value);
            else if (argument.StartsWith('-')) shell.AddParameter(argument[1..]);
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

    // Prints what each job showed, and its problems, as a JSON list.
    static int Many(string file)
    {
        var (shown, problems) = (Console.Out, Console.Error);
        var results = new List<object>();
        foreach (var job in JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateArray())
        {
            foreach (var variable in job.GetProperty("environment").EnumerateObject())
                Environment.SetEnvironmentVariable(variable.Name, variable.Value.GetString());
            using StringWriter output = new(), errors = new();
            Console.SetOut(output);
            Console.SetError(errors);
            string Of(string name) => job.GetProperty(name).GetString()!;
            string[] arguments = [.. job.GetProperty("arguments").EnumerateArray().Select(a => a.GetString()!)];
            var code = Run(Of("script"), Of("standIns"), Of("machine"), Of("mode"), arguments);
            results.Add(new { code, shown = output.ToString(), problems = errors.ToString() });
        }
        Console.SetOut(shown);
        Print(results);
        return 0;
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
}

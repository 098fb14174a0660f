using System.CommandLine;

namespace VaeCodec.Tool;

/// <summary>vaecodec completion: scripts by which shells complete commands and options. They ask the tool itself, so they never go out of date.</summary>
internal sealed class CompletionCommand : ToolCommand
{
    private const string Bash = """
        # vaecodec completion for bash: eval "$(vaecodec completion bash)" in ~/.bashrc
        _vaecodec() {
            local IFS=$'\n' current="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=()
            if [[ "$current" == -* || $COMP_CWORD -eq 1 ]]; then
                COMPREPLY=($(compgen -W "$(vaecodec "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$current"))
            fi
        }
        complete -o bashdefault -o default -F _vaecodec vaecodec
        """;

    private const string Zsh = """
        #compdef vaecodec
        # vaecodec completion for zsh: eval "$(vaecodec completion zsh)" in ~/.zshrc, after compinit
        _vaecodec() {
            if [[ "$words[CURRENT]" == -* || $CURRENT -eq 2 ]]; then
                local -a found=("${(@f)$(vaecodec "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -- $found
            else
                _files
            fi
        }
        compdef _vaecodec vaecodec
        """;

    private const string Fish = """
        # vaecodec completion for fish: vaecodec completion fish > ~/.config/fish/completions/vaecodec.fish
        function __vaecodec_complete
            set -l line (commandline -cp)
            vaecodec "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c vaecodec -n '__fish_use_subcommand; or string match -q -- "-*" (commandline -ct)' -a '(__vaecodec_complete)'
        """;

    private const string PowerShell = """
        # vaecodec completion for PowerShell: vaecodec completion powershell | Out-String | Invoke-Expression, in $PROFILE
        Register-ArgumentCompleter -Native -CommandName vaecodec -ScriptBlock {
            param($word, $line, $position)
            if ($word -like '-*' -or $line.CommandElements.Count -eq 1 -or ($line.CommandElements.Count -eq 2 -and $word)) {
                vaecodec "[suggest:$($position - $line.Extent.StartOffset)]" "$line" 2>$null | Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
        }
        """;

    private static readonly Dictionary<string, string> s_scripts = new(StringComparer.OrdinalIgnoreCase) { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["powershell"] = PowerShell };

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh, fish or powershell" };

    public CompletionCommand()
        : base(
            "completion",
            "Print a script by which a shell completes commands and options.",
            "Examples:",
            "  eval \"$(vaecodec completion bash)\"                                  in ~/.bashrc",
            "  vaecodec completion fish > ~/.config/fish/completions/vaecodec.fish")
    {
        _shell.CompletionSources.Add([.. s_scripts.Keys]);
        _shell.Validators.Add(result =>
        {
            if (result.Tokens is [{ } token] && !s_scripts.ContainsKey(token.Value))
            {
                result.AddError($"there is no completion for '{token.Value}'; there is for {string.Join(", ", s_scripts.Keys)}");
            }
        });
        Add(_shell);
        AddVerbosity();
    }

    protected override Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        // Shells of Unix, which Windows has, too, take a carriage return for a part of the line.
        Console.Out.NewLine = "\n";
        run.Result(s_scripts[arguments.GetRequiredValue(_shell)].ReplaceLineEndings("\n"), isData: true);
        return Task.FromResult(ExitCode.Ok);
    }
}

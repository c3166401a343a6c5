/** The shells that a script can be had for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

/*
 * They hand on the line as text and take what comes as text: nothing of either is ever evaluated. A line with a colon
 * ends the answer, behind which the shell does not wait for the program to end; `:files` leaves it to the shell.
 */

const bashScript = `_cwlogs() {
  local line
  COMPREPLY=()
  compopt +o default 2>/dev/null
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default 2>/dev/null ;;
      :) break ;;
      *) COMPREPLY+=("$line") ;;
    esac
  done < <(cwlogs complete -- bash "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o default -F _cwlogs cwlogs
`;

const zshScript = `#compdef cwlogs
_cwlogs() {
  local line value
  local -a values shown folders
  while IFS= read -r line; do
    case $line in
      :files) compset -P '--*='; _files; return ;;
      :) break ;;
    esac
    value=\${line%%$'\\t'*}
    if [[ $value == */ ]]; then folders+=("$value"); continue; fi
    values+=("$value")
    shown+=("\${\${line/$'\\t'/  }%  }")
  done < <(cwlogs complete -- zsh "\${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" 2>/dev/null)
  compadd -S '' -a folders
  compadd -l -d shown -a values
}
if [[ $funcstack[1] == _cwlogs ]]; then _cwlogs; else compdef _cwlogs cwlogs; fi
`;

const fishScript = `function __cwlogs_complete
    set -l line (commandline -cp)
    for reply in (cwlogs complete -- fish "$line" 2>/dev/null)
        switch $reply
            case :files
                set -l token (commandline -ct)
                set -l option (string match -r '^--[^=]*=' -- $token)
                for path in (__fish_complete_path (string replace -r '^--[^=]*=' '' -- $token))
                    printf '%s%s\\n' "$option" $path
                end
            case :
            case '*'
                printf '%s\\n' $reply
        end
    end
end
complete -c cwlogs -f -a '(__cwlogs_complete)'
`;

const powershellScript = `Register-ArgumentCompleter -Native -CommandName cwlogs -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = $commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition }
  $words = @($before | ForEach-Object {
    if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
  })
  $words += "$wordToComplete".Trim("'", '"')
  $line = 'cwlogs'
  foreach ($word in $words) { $line += " '" + $word.Replace("'", "'\\''") + "'" }
  & cwlogs complete '--' powershell $line 2>$null | Where-Object { $_ -notlike ':*' } | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    if (-not $description) { $description = $value }
    $text = if ($value -match '^[\\w./:=+-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
    [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $description)
  }
}
`;

/** What each shell reads to complete cwlogs. */
export const scripts: Readonly<Record<(typeof shells)[number], string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

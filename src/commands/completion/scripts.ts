/** The shells that a script can be had for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

/*
 * The library's own scripts for these hand text of the line that is being typed to what evaluates it: a substitution in
 * it would be carried out at every Tab.
 */

const bashScript = `_cwlogs() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    [[ $line == :* ]] || COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(cwlogs complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _cwlogs cwlogs
`;

const zshScript = `#compdef cwlogs
_cwlogs() {
  local line
  local -a values shown
  while IFS= read -r line; do
    [[ $line == :* ]] && continue
    values+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  }")
  done < <(cwlogs complete -- \${(Q)words[2,CURRENT-1]} "$PREFIX" 2>/dev/null)
  if (( \${#values} )); then compadd -l -d shown -a values; else _files; fi
}
if [[ $funcstack[1] == _cwlogs ]]; then _cwlogs; else compdef _cwlogs cwlogs; fi
`;

const powershellScript = `Register-ArgumentCompleter -Native -CommandName cwlogs -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = $commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition }
  $words = @($before | ForEach-Object {
    if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
  })
  $last = "$wordToComplete".Trim("'", '"')
  # Before 7.3 an empty argument is dropped on its way.
  if ($last -eq '' -and $PSVersionTable.PSVersion -lt [version]'7.3') { $last = '""' }
  & cwlogs complete '--' @words $last 2>$null | Where-Object { $_ -notlike ':*' } | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    if (-not $description) { $description = $value }
    $text = if ($value -match '^[\\w./:=+-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
    [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $description)
  }
}
`;

/** The scripts of our own, by their shells. */
export const ownScripts: Readonly<Record<string, string>> = {
  bash: bashScript,
  zsh: zshScript,
  powershell: powershellScript,
};

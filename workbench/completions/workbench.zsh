#compdef workbench
# Completion of workbench for zsh. Now, after compinit: eval "$(workbench completion zsh)". For good:
# workbench completion zsh > a folder of your $fpath/_workbench
_workbench() {
    local line value
    local -a found values shown
    found=("${(@f)$("${(Q)words[1]}" completion words -- "${(@Q)words[2,CURRENT]}" 2> /dev/null)}")
    for line in "${(@)found}"; do
        value="${line%%$'\t'*}"
        if [[ "$value" == "<files>" ]]; then
            _files
        elif [[ -n "$value" ]]; then
            values+=("$value")
            shown+=("${value}  ${line#*$'\t'}")
        fi
    done
    (( $#values )) && compadd -l -d shown -a values
}
if [[ "${zsh_eval_context[-1]}" == loadautofunc ]]; then
    _workbench "$@"
else
    compdef _workbench workbench
fi

# Completion of workbench for bash. Now: eval "$(workbench completion bash)". For good:
# workbench completion bash > ~/.local/share/bash-completion/completions/workbench
_workbench() {
    local typed="${COMP_WORDS[COMP_CWORD]}" quote="" line value file
    local -a words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    case "$typed" in
        \"* | \'*) quote="${typed:0:1}" typed="${typed:1}" ;;
        *) typed="${typed//\\/}" ;;
    esac
    words[COMP_CWORD - 1]="$typed"
    COMPREPLY=()
    while IFS= read -r line; do
        value="${line%%$'\t'*}"
        if [[ "$value" == "<files>" ]]; then
            compopt -o filenames 2> /dev/null
            while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$typed")
        elif [[ -n "$quote" ]]; then
            COMPREPLY+=("$value")
        else
            printf -v value '%q' "$value"
            COMPREPLY+=("$value")
        fi
    done < <("${COMP_WORDS[0]}" completion words -- "${words[@]}" 2> /dev/null)
}
complete -F _workbench workbench

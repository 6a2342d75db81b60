# Completion of workbench for fish: workbench completion fish > ~/.config/fish/completions/workbench.fish
function __workbench_words
    set -l words (commandline -opc)
    set -l typed (commandline -ct | string unescape)
    for line in (command $words[1] completion words -- $words[2..-1] "$typed" 2> /dev/null)
        if string match -q '<files>*' -- $line
            __fish_complete_path "$typed"
        else
            echo $line
        end
    end
end
complete -c workbench -f -a '(__workbench_words)'

# Types lines into a zsh that knows the completions, presses tab after each, and prints the lines as they then
# stand.
#   zsh -f press_tab.zsh COMPLETIONS LINE...
emulate -R zsh
zmodload zsh/zpty || exit 1
zpty shell zsh -f
zpty -w shell "PROMPT= RPROMPT= TERM=dumb; unsetopt beep zle_bracketed_paste; autoload -Uz compinit && compinit -D -u"
zpty -w shell "source $1; show() { print -r -- \"<<\$BUFFER>>\"; zle kill-whole-line }; zle -N show; bindkey '^X' show"
zpty -w shell "print rea''dy"
zpty -r -m shell seen '*ready*' || exit 1
shift
for line; do
  zpty -n -w shell "$line"$'\t\x18'
  zpty -r -m shell seen '*<<*>>*' || exit 1
  print -r -- ${${seen##*<<}%%>>*}
done
zpty -d shell

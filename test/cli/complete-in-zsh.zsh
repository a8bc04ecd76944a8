# complete-in-zsh.zsh SCRIPT LINE: what a zsh with this script lists behind this line at a press of Tab.
zmodload zsh/zpty
zpty shell zsh -f -i
for command in 'PROMPT=; COLUMNS=200; LISTMAX=0' 'autoload -Uz compinit; compinit -u -D' "source $1" \
  'finish () { print -r -- LISTED }; comppostfuncs=(finish exit)' "bindkey '^I' list-choices"; do
  zpty -w shell $command
done
zpty -w -n shell "$2"$'\t'
while zpty -r shell line; do print -r -- "$line"; done

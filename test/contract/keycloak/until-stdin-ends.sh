#!/bin/sh
# Runs a server for as long as stdin is open, so that it never outlives what started it, however that ended.
# Expects to lead a process group of its own. Gives the server a while to stop, then ends the group.
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
# Only from here on: a server started with the signal ignored would ignore it as well.
trap '' TERM
(
  cat <&3 >/dev/null
  kill -TERM 0
  sleep 15
  kill -KILL 0
) &
wait "$server"
kill -KILL 0

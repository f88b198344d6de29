#!/bin/sh
# Keeps one PostgreSQL server for as long as anybody uses it: keeper.sh PIPE FOLDER [COMMAND ...]
# Every process that uses the server holds PIPE open for writing. When the last one ends, however it ends, the system
# closes the pipe, and the server is told to stop. A server that was killed is started again. Without COMMAND, the
# server that already runs in FOLDER is kept.
pipe=$1
folder=$2
shift 2
ending=
pid=
trap '' INT HUP
trap 'ending=1; [ -n "$pid" ] && kill -INT "$pid" 2>/dev/null' TERM
keeper=$$
(
  trap - TERM
  cat "$pipe" >/dev/null
  kill -TERM "$keeper"
) 2>/dev/null &
reader=$!

if [ $# -eq 0 ]; then
  read -r pid <"$folder/postmaster.pid" || exit 1
  while [ -z "$ending" ] && kill -0 "$pid" 2>/dev/null; do wait "$reader"; done
  exit 0
fi

starts=0
was_ready=
until [ -n "$ending" ] || [ "$starts" -ge 30 ]; do
  starts=$((starts + 1))
  "$@" &
  pid=$!
  # A caught signal ends `wait` early, so it is asked again until the server is gone.
  while kill -0 "$pid" 2>/dev/null; do wait "$pid"; done
  # A server that stopped by itself removed this file; one that was killed left it, with its number and "ready". Until
  # the first time it is ready, a failure is for the one who started us to see.
  read -r left 2>/dev/null <"$folder/postmaster.pid" || break
  [ "$left" = "$pid" ] && grep -q '^ready' "$folder/postmaster.pid" && was_ready=1
  [ -n "$was_ready" ] || break
  [ -n "$ending" ] || sleep 1
done
kill "$reader" 2>/dev/null
exit 0

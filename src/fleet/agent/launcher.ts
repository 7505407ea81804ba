import { findText, writeWhole } from './files.ts';
import type { AgentHome } from './home.ts';

/** Starts of an unproven version before the one before it comes back, and seconds each has to be heard by the server. */
const startsAtMost = 3;
export const trialSeconds = 60;

/**
 * The small shell script that starts the agent. While a new version is on trial it watches it: one that dies three times, or is
 * not heard by the server within a minute, gives way to the one before. With `--forever` it also starts the agent again
 * whenever it ends, for machines without systemd.
 */
export function launcherText(home: string, seconds: number): string {
  return `#!/bin/sh
# Starts the Elepherd agent. Written by the agent itself.
cd '${home}' || exit 1
child=
trap '[ -n "$child" ] && kill -TERM "$child" 2>/dev/null; wait; exit 0' TERM INT

roll_back() {
  [ -e previous ] || return 0
  readlink current >rolled-back
  mv -f previous current
  rm -f trial
}

start() {
  bin/node --max-semi-space-size=2 --max-old-space-size=96 --disable-warning=ExperimentalWarning current run --home '${home}' &
  child=$!
}

once() {
  if [ -f trial ]; then
    count=$(cat trial)
    count=$((count + 1))
    if [ "$count" -gt ${startsAtMost} ]; then
      roll_back
    else
      echo "$count" >trial
    fi
  fi
  start
  waited=0
  while [ -f trial ] && kill -0 "$child" 2>/dev/null; do
    if [ "$waited" -ge ${seconds} ]; then
      kill -KILL "$child" 2>/dev/null
      wait "$child"
      roll_back
      start
      break
    fi
    sleep 1
    waited=$((waited + 1))
  done
  wait "$child"
}

if [ "\${1:-}" = --forever ]; then
  while :; do once; [ -f left ] && exit 0; sleep 1; done
fi
once
`;
}

/** Writes the launcher when it is not what this version wishes. */
export async function placeLauncher(home: AgentHome, seconds = trialSeconds): Promise<void> {
  const text = launcherText(home.folder, seconds);
  if ((await findText(home.path('launch'))) !== text)
    await writeWhole(home.path('launch'), text, { mode: 0o755 });
}

import { installText } from '#src/fleet/contract/install.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A shell function that says a text in the language of the terminal. */
const sayer = (name: string, text: Text) =>
  `${name}() { if [ "$zh" = 1 ]; then printf '%s\\n' ${quote(`${text['zh-CN']}`)}"\${1:+ $1}"; else printf '%s\\n' ${quote(text.en)}"\${1:+ $1}"; fi; }`;

/**
 * What the pasted command runs: looks whether this machine can be a host, fetches Node and the agent over the pinned
 * connection, checks them, and lets the agent do the rest. A broken download runs nothing, because all of it is one function.
 */
export function installScript(wish: { url: string; keyPin: string; agent: string; node: string }): string {
  return `#!/bin/sh
# Makes this machine a host of the Elepherd at ${wish.url}.
zh=0
case "\${LC_ALL:-\${LC_MESSAGES:-\${LANG:-}}}" in zh*) zh=1 ;; esac
${sayer('needs_root', installText.needsRoot)}
${sayer('needs_linux', installText.needsLinux)}
${sayer('needs_program', installText.needsProgram)}
${sayer('needs_token', installText.needsToken)}
${sayer('needs_space', installText.needsSpace)}
${sayer('fetching', installText.fetching)}
${sayer('not_fetched', installText.notFetched)}
${sayer('damaged', installText.damaged)}
die() { "$@" >&2; rm -rf "\${work:-}"; exit 1; }
fetch() { curl -fsSk --retry 3 --pinnedpubkey ${quote(`sha256//${wish.keyPin}`)} -K "$work/auth" -o "$2" ${quote(wish.url)}"$1"; }
check() { printf '%s  %s\\n' "$2" "$1" | sha256sum -c - >/dev/null 2>&1; }

main() {
  set -u
  token=\${ELEPHERD_TOKEN:-}
  unset ELEPHERD_TOKEN
  home=\${ELEPHERD_AGENT_HOME:-/var/lib/elepherd-agent}
  [ "$(id -u)" = 0 ] || die needs_root
  case "$(uname -s) $(uname -m)" in 'Linux x86_64') ;; *) die needs_linux ;; esac
  for program in curl gzip sha256sum mktemp; do
    command -v "$program" >/dev/null 2>&1 || die needs_program "$program"
  done
  if [ -x "$home/bin/node" ] && [ -f "$home/current" ] && "$home/bin/node" "$home/current" status --home "$home" --server ${quote(wish.url)}; then
    exit 0
  fi
  [ -n "$token" ] || die needs_token
  umask 022
  mkdir -p "$home/bin" "$home/versions" || die needs_space "$home"
  free=$(df -Pk "$home" | awk 'NR == 2 { print $4 }')
  [ "\${free:-0}" -ge 409600 ] || die needs_space "$home"
  work=$(mktemp -d "$home/install.XXXXXX") || die needs_space "$home"
  (umask 077; printf 'header = "Authorization: Bearer %s"\\n' "$token" >"$work/auth")
  fetch "/agent/bundle/${wish.agent}" "$work/agent" || die not_fetched
  check "$work/agent" ${wish.agent} || die damaged
  if ! check "$home/bin/node" ${wish.node}; then
    fetching
    fetch /agent/node "$work/node.gz" || die not_fetched
    gzip -dc "$work/node.gz" >"$work/node" || die damaged
    check "$work/node" ${wish.node} || die damaged
    chmod 755 "$work/node"
    mv -f "$work/node" "$home/bin/node"
  fi
  mv -f "$work/agent" "$home/versions/${wish.agent}.mjs"
  rm -rf "$work"
  printf '%s' "$token" | "$home/bin/node" "$home/versions/${wish.agent}.mjs" install --home "$home" --server ${quote(wish.url)} --pin ${quote(wish.keyPin)}
}
main
`;
}

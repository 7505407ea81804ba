// Over 300 lines: the three shells say the same things in three tongues, and are changed together.
import type { Locale } from '../contract/i18n.ts';
import { globalOptions, optionsOf } from './command-table.ts';
import type { Command, Option } from './command.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A script that teaches a shell the commands, options, choices, and the names it may ask the server for. */
export function completionScript(commands: readonly Command[], shell: Shell, locale: Locale): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](commands, locale);
}

/** Words that may follow the given ones: the next word of some command. */
function nextWords(commands: readonly Command[]): Map<string, Map<string, string[]>> {
  const next = new Map<string, Map<string, string[]>>();
  for (const { words } of commands) {
    words.forEach((word, index) => {
      const before = words.slice(0, index).join(' ');
      const following = next.get(before) ?? new Map<string, string[]>();
      following.set(word, [...(following.get(word) ?? []), words.join(' ')]);
      next.set(before, following);
    });
  }
  return next;
}

const allOptionsOf = (command: Command): [string, Option][] =>
  Object.entries({ ...optionsOf(command), ...globalOptions });

/** Options that swallow the word after them. */
function valueOptions(commands: readonly Command[]): string[] {
  const names = commands.flatMap((command) =>
    allOptionsOf(command).flatMap(([name, { type }]) => (type === 'boolean' ? [] : [`--${name}`])),
  );
  return [...new Set(names)].sort();
}

/** What an option's value may be: fixed choices, or names from a command of ours. */
function completedOptions(commands: readonly Command[]): Map<string, Option> {
  const found = new Map<string, Option>();
  for (const command of commands) {
    for (const [name, option] of allOptionsOf(command)) {
      if (option.choices || option.completes) found.set(`--${name}`, option);
    }
  }
  return found;
}

// Only characters of plain names get through: what a server answers never reaches the shell's own syntax.
const askNames = "elepherd $1 --quiet 2>/dev/null | grep -E '^[A-Za-z0-9][A-Za-z0-9._-]*$'";

function bashScript(commands: readonly Command[]): string {
  const words = [...nextWords(commands)].map(
    ([before, following]) => `    '${before}') echo '${[...following.keys()].join(' ')}' ;;`,
  );
  const options = commands.map(
    (command) =>
      `    '${command.words.join(' ')}') echo '${allOptionsOf(command)
        .map(([name]) => `--${name}`)
        .join(' ')}' ;;`,
  );
  const places = commands.flatMap((command) =>
    command.arguments.flatMap(({ completes }, index) =>
      completes ? [`    '${command.words.join(' ')}:${index}') _elepherd_ask '${completes}' ;;`] : [],
    ),
  );
  const values = [...completedOptions(commands)].map(([name, option]) =>
    option.choices
      ? `    ${name}) echo '${option.choices.join(' ')}' ;;`
      : `    ${name}) _elepherd_ask '${option.completes}' ;;`,
  );
  return `# bash completion of elepherd; put it to use with: source <(elepherd completion bash)
_elepherd_ask() {
  ${askNames}
}
_elepherd_next() {
  case "$1" in
${words.join('\n')}
  esac
}
_elepherd_options() {
  case "$1" in
${options.join('\n')}
    *) echo '${Object.keys(globalOptions)
      .map((name) => `--${name}`)
      .join(' ')}' ;;
  esac
}
_elepherd_argument() {
  case "$1" in
${places.join('\n')}
    *) ;;
  esac
}
_elepherd_value() {
  case "$1" in
${values.join('\n')}
    *) ;;
  esac
}
_elepherd() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local path='' place=0 index word offered=''
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "$word" in
      ${valueOptions(commands).join('|')}) ((index++)); continue ;;
      -*) continue ;;
    esac
    if [[ " $(_elepherd_next "$path") " == *" $word "* ]]; then
      path="\${path:+$path }$word"
    else
      ((place++))
    fi
  done
  offered="$(_elepherd_value "$previous")"
  if [[ -z "$offered" ]]; then
    if [[ "$current" == -* ]]; then
      offered="$(_elepherd_options "$path")"
    else
      offered="$(_elepherd_next "$path")"
      [[ -n "$offered" ]] || offered="$(_elepherd_argument "$path:$place")"
    fi
  fi
  COMPREPLY=()
  while IFS= read -r word; do
    [[ "$word" == "$current"* ]] && COMPREPLY+=("$word")
  done < <(tr ' ' '\\n' <<<"$offered")
}
complete -F _elepherd elepherd
`;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function zshScript(commands: readonly Command[], locale: Locale): string {
  const summary = (words: string) =>
    commands.find((command) => command.words.join(' ') === words)?.summary[locale] ?? '';
  const described = (name: string, text: string) => quoted(`${name.replaceAll(':', '\\:')}:${text}`);
  const words = [...nextWords(commands)].map(([before, following]) => {
    const entries = [...following].map(([word, calls]) =>
      described(
        word,
        calls.length === 1 ? summary(calls[0] ?? '') : calls.map((call) => call.split(' ').at(-1)).join(', '),
      ),
    );
    return `    ${quoted(before)}) offered=(${entries.join(' ')}) ;;`;
  });
  const options = commands.map((command) => {
    const entries = allOptionsOf(command).map(([name, { title }]) => described(`--${name}`, title[locale]));
    return `    ${quoted(command.words.join(' '))}) offered=(${entries.join(' ')}) ;;`;
  });
  const places = commands.flatMap((command) =>
    command.arguments.flatMap(({ completes }, index) =>
      completes
        ? [
            `    ${quoted(`${command.words.join(' ')}:${index}`)}) offered=(\${(f)"$(_elepherd_ask ${quoted(completes)})"}) ;;`,
          ]
        : [],
    ),
  );
  const values = [...completedOptions(commands)].map(([name, option]) =>
    option.choices
      ? `    ${name}) offered=(${option.choices.join(' ')}) ;;`
      : `    ${name}) offered=(\${(f)"$(_elepherd_ask ${quoted(option.completes ?? '')})"}) ;;`,
  );
  return `#compdef elepherd
# zsh completion of elepherd; put it to use with: source <(elepherd completion zsh)
_elepherd_ask() {
  elepherd \${=1} --quiet 2>/dev/null | grep -E '^[A-Za-z0-9][A-Za-z0-9._-]*$'
}
_elepherd_next() {
  offered=()
  case "$1" in
${words.join('\n')}
  esac
}
_elepherd() {
  local path_='' word previous=\${words[CURRENT-1]}
  local -a offered
  local -i place=0 index
  for ((index = 2; index < CURRENT; index++)); do
    word=\${words[index]}
    case "$word" in
      ${valueOptions(commands).join('|')}) ((index++)); continue ;;
      -*) continue ;;
    esac
    _elepherd_next "$path_"
    if (( \${offered[(I)$word:*]} )); then path_="\${path_:+$path_ }$word"; else ((place++)); fi
  done
  offered=()
  case "$previous" in
${values.join('\n')}
  esac
  if (( ! \${#offered} )); then
    if [[ \${words[CURRENT]} == -* ]]; then
      case "$path_" in
${options.join('\n')}
      esac
    else
      _elepherd_next "$path_"
      if (( ! \${#offered} )); then
        case "$path_:$place" in
${places.join('\n')}
        esac
      fi
    fi
  fi
  _describe elepherd offered
}
compdef _elepherd elepherd
`;
}

function fishScript(commands: readonly Command[], locale: Locale): string {
  const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const offer = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([name, about]) => `      printf '%s\\t%s\\n' ${name} ${text(about)}`).join('\n');
  const names = (completes: string) => `      __elepherd_ask ${completes}`;
  const summaryOf = (words: string) =>
    commands.find((command) => command.words.join(' ') === words)?.summary[locale] ?? '';
  const block = (value: string, body: string) => `    case ${text(value)}\n${body}`;

  const words = [...nextWords(commands)].map(([before, following]) =>
    block(
      before,
      offer(
        [...following].map(([word, calls]) => [word, calls.length === 1 ? summaryOf(calls[0] ?? '') : '']),
      ),
    ),
  );
  const options = commands.map((command) =>
    block(
      command.words.join(' '),
      offer(allOptionsOf(command).map(([name, { title }]) => [`--${name}`, title[locale]])),
    ),
  );
  const places = commands.flatMap((command) =>
    command.arguments.flatMap(({ completes }, index) =>
      completes ? [block(`${command.words.join(' ')}:${index}`, names(completes))] : [],
    ),
  );
  const values = [...completedOptions(commands)].map(([name, option]) =>
    block(
      name,
      option.choices ? `      printf '%s\\n' ${option.choices.join(' ')}` : names(option.completes ?? ''),
    ),
  );
  return `# fish completion of elepherd; put it to use with: elepherd completion fish | source
function __elepherd_ask
  elepherd $argv --quiet 2>/dev/null | string match -r '^[A-Za-z0-9][A-Za-z0-9._-]*$'
end
function __elepherd_next
  switch "$argv[1]"
${words.join('\n')}
  end
end
function __elepherd_offer
  set -l typed (commandline -opc)
  set -e typed[1]
  set -l path ''
  set -l place 0
  set -l skip 0
  set -l previous ''
  for word in $typed
    set previous $word
    if test $skip -eq 1
      set skip 0
      continue
    end
    switch $word
      case ${valueOptions(commands).join(' ')}
        set skip 1
        continue
      case '-*'
        continue
    end
    if contains -- $word (__elepherd_next "$path" | string replace -r '\\t.*' '')
      set path (string trim "$path $word")
    else
      set place (math $place + 1)
    end
  end
  switch "$previous"
${values.join('\n')}
  end
  test $skip -eq 1; and return
  if string match -q -- '-*' (commandline -ct)
    switch "$path"
${options.join('\n')}
    end
    return
  end
  __elepherd_next "$path"
  switch "$path:$place"
${places.join('\n')}
  end
end
complete -c elepherd -e
complete -c elepherd -f -a '(__elepherd_offer)'
`;
}

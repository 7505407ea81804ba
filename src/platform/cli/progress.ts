import { cliText } from '../contract/cli.text.ts';
import type { Locale, Text } from '../contract/i18n.ts';
import type { Operation, OperationLogLine, OperationStep } from '../contract/operations.ts';
import { cutColumns, displayWidth, harmless } from './display-width.ts';
import { clockOf, lengthOf } from './format.ts';
import type { Style, Tone } from './style.ts';
import type { Sink } from './terminal.ts';

/** Shows an operation while it works. */
export interface Progress {
  show(operation: Operation, lines: readonly OperationLogLine[]): void;
  /** A remark of our own, such as a lost connection. */
  remark(text: Text): void;
  /** Ends the display; what stands there stays readable. */
  end(): void;
}

interface Looks {
  sink: Sink;
  locale: Locale;
  style: Style;
}

const marks: Record<OperationStep['state'], readonly [string, Tone | undefined]> = {
  done: ['✓', 'good'],
  running: ['●', 'warning'],
  waiting: ['●', 'warning'],
  failed: ['✗', 'bad'],
  todo: ['·', 'quiet'],
  skipped: ['-', 'quiet'],
};

const logTones = { info: 'quiet', warning: 'warning', error: 'bad' } as const;

/** Shows nothing, for `--quiet`. */
export const silentProgress: Progress = { show() {}, remark() {}, end() {} };

/** Plain lines, one a change: for files, pipes and CI logs. */
export function plainProgress({ sink, locale }: Looks): Progress {
  const said = new Map<string, string>();
  let waitsFor: string | undefined;
  const line = (at: string | null, text: string) =>
    sink.write(`${clockOf(at)} ${harmless(text).replaceAll('\n', '\n         ')}\n`);
  return {
    show(operation, lines) {
      const news: { at: string; text: string }[] = [];
      if (said.size === 0) news.push({ at: operation.createdAt, text: operation.title[locale] });
      for (const { name, title, state, startedAt, endedAt } of operation.steps) {
        const before = said.get(name);
        if (before === state || state === 'todo') continue;
        said.set(name, state);
        const isOver = !isUnderWay(state);
        // A step that looks again and again turns from running to waiting and back: that is no news.
        if (startedAt !== null && (before === undefined || !isUnderWay(before))) {
          news.push({ at: startedAt, text: `${title[locale]}: ${cliText.stepRunning[locale]}` });
        }
        if (isOver) {
          const time = state === 'done' ? ` (${lengthOf(startedAt, endedAt, locale)})` : '';
          const at = endedAt ?? operation.endedAt ?? new Date().toISOString();
          news.push({ at, text: `${title[locale]}: ${wordOf(state)[locale]}${time}` });
        }
      }
      for (const { at, level, text } of lines) {
        news.push({ at, text: `  ${level === 'info' ? '' : `${wordOf(level)[locale]}: `}${text[locale]}` });
      }
      // What was said within a step stands between its begin and its end.
      news.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
      for (const { at, text } of news) line(at, text);
      const reason = operation.endedAt === null ? operation.reason?.[locale] : undefined;
      if (reason !== undefined && reason !== waitsFor) line(null, `  ${reason}`);
      waitsFor = reason;
    },
    remark: (text) => line(null, text[locale]),
    end() {},
  };
}

/** A block of steps that is drawn anew in place, with log lines rolling by above it. */
export function liveProgress({ sink, locale, style }: Looks): Progress {
  let drawn = 0;
  let last: Operation | undefined;
  let remarked: string | undefined;
  const timer = setInterval(() => draw([]), 1000);
  timer.unref();

  const draw = (above: readonly string[]) => {
    if (last === undefined) return;
    const columns = Math.max(20, (sink.columns ?? 80) - 1);
    const rows = Math.max(4, (sink.rows ?? 24) - 2);
    const block = blockOf(last, locale, style, columns, rows, remarked);
    const up = drawn === 0 ? '' : `\u001b[${drawn}A\r\u001b[J`;
    const rolling = above.flatMap((text) => wrap(text, columns));
    sink.write(`${up}${[...rolling, ...block].join('\n')}\n`);
    drawn = block.length;
  };
  return {
    show(operation, lines) {
      last = operation;
      remarked = undefined;
      draw(
        lines.map(({ at, level, text }) =>
          harmless(`${clockOf(at)} ${text[locale]}`)
            .split('\n')
            .map((each) => style(logTones[level], each))
            .join('\n'),
        ),
      );
    },
    remark(text) {
      remarked = text[locale];
      draw([]);
    },
    end() {
      clearInterval(timer);
      draw([]);
    },
  };
}

function blockOf(
  operation: Operation,
  locale: Locale,
  style: Style,
  columns: number,
  rows: number,
  remark: string | undefined,
): string[] {
  const steps = operation.steps.map((step) => {
    const [mark, tone] = marks[step.state];
    const time = step.startedAt === null ? '' : lengthOf(step.startedAt, step.endedAt, locale);
    const text = cutColumns(harmless(step.title[locale]), columns - 6 - displayWidth(time));
    const line = `  ${mark} ${text}  `;
    return `${tone === undefined ? line : style(tone, line)}${style('quiet', time)}`.trimEnd();
  });
  const now = Math.max(
    0,
    operation.steps.findLastIndex(({ state }) => state !== 'todo' && state !== 'skipped'),
  );
  const room = Math.max(1, rows - 2);
  const from = Math.max(0, Math.min(now - Math.floor(room / 2), steps.length - room));
  const shown = steps.slice(from, from + room);
  const waitsFor = remark ?? (operation.endedAt === null ? operation.reason?.[locale] : undefined);
  return [
    style('heading', cutColumns(harmless(operation.title[locale]), columns)),
    ...shown,
    ...(waitsFor === undefined
      ? []
      : [style('quiet', cutColumns(`  ${harmless(waitsFor).replace(/\s+/g, ' ')}`, columns))]),
  ];
}

/** Lines no wider than the screen, so that the block's height is known. Colour codes do not count. */
function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => {
    // oxlint-disable-next-line no-control-regex -- the colour codes just added
    const [, before = '', words = '', after = ''] = /^(\u001b\[\d+m)?(.*?)(\u001b\[\d+m)?$/s.exec(line) ?? [];
    const parts: string[] = [];
    let rest = words;
    while (displayWidth(rest) > columns) {
      const part = cutColumns(rest, columns).slice(0, -1);
      if (part === '') break;
      parts.push(part);
      rest = rest.slice(part.length);
    }
    return [...parts, rest].map((part) => `${before}${part}${after}`);
  });
}

const isUnderWay = (state: string) => state === 'running' || state === 'waiting';

function wordOf(state: OperationStep['state'] | 'warning' | 'error' | 'info'): Text {
  const words = {
    done: cliText.stepDone,
    running: cliText.stepRunning,
    waiting: cliText.stepRunning,
    failed: cliText.stepFailed,
    todo: cliText.stepTodo,
    skipped: cliText.stepSkipped,
    info: cliText.stepRunning,
    warning: cliText.levelWarning,
    error: cliText.levelError,
  };
  return words[state];
}

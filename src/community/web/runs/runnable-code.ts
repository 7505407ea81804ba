import type { RunBlock, RunResult } from '#src/community/contract/runs.ts';
import { runText as text } from '#src/community/contract/runs.text.ts';
import { setupMark } from '#src/community/contract/shown-rows.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Format } from '#src/platform/web/format.ts';
import { escaped } from '../feeds/xml.ts';
import type { RunWords } from './run-sql.element.ts';

/** As the renderer leaves a block of SQL that can be run. */
const block = /<div class="com-run" data-run="(\w+)">((?:(?!<\/div>)[\s\S])*)<\/div>/g;

export const hasRunnables = (html: string) => html.includes('<div class="com-run" data-run="');

/** SQL that is no part of a writing, as a block that can be run. */
export const runnable = (name: string, code: string): string =>
  `<div class="com-run" data-run="${name}"><pre tabindex="0"><code>${escaped(code)}</code></pre></div>`;

type Reader = { t: (text: Text) => string; format: Format };

/**
 * The HTML of a writing with what can be run made so: each block in its element, what it gave below it, and the set-up
 * folded away. It is a text and no tree of parts, because blocks stand wherever Markdown lets them, in lists and quotes.
 */
export function withRuns(html: string, runs: readonly RunBlock[], reader: Reader): string {
  const { t } = reader;
  const words = escaped(JSON.stringify(wordsIn(t)));
  return html.replace(block, (_, name: string, inside: string) => {
    if (name === setupMark)
      return `<details class="com-run-setup"><summary>${escaped(t(text.setup))}</summary>${inside}</details>`;
    const run = runs.find(({ hash }) => hash === name);
    return (
      `<elepherd-run-sql class="com-run" data-run="${name}" words="${words}">` +
      `${inside}${run ? resultsOf(run, reader) : ''}</elepherd-run-sql>`
    );
  });
}

const live = [
  'run',
  'stop',
  'edit',
  'reset',
  'write',
  'mine',
  'code',
  'result',
  'tools',
  'loading',
  'running',
  'stopped',
  'failed',
  'setupFailed',
  'rowsOf',
  'oneRow',
  'rowsCut',
  'done',
  'inBrowser',
] as const;

const wordsIn = (t: Reader['t']) => Object.fromEntries(live.map((one) => [one, t(text[one])])) as RunWords;

function resultsOf({ results, waiting, absent }: RunBlock, reader: Reader): string {
  const { t } = reader;
  // What is the same on several versions is shown once, below all their names.
  const same = [...Map.groupBy(results, ({ digest }) => digest).values()];
  const notes = [
    ...(waiting.length > 0 ? [t(text.waiting(waiting))] : []),
    ...(absent.length > 0 ? [t(text.notHere(absent))] : []),
  ];
  return (
    same.map((group) => resultOf(group, reader)).join('') +
    notes.map((note) => `<p class="com-run-note">${escaped(note)}</p>`).join('')
  );
}

function resultOf(group: readonly RunResult[], { t, format }: Reader): string {
  const [first] = group;
  if (!first) return '';
  const heads = group.map((one) => {
    const verdict =
      one.verdict === null
        ? ''
        : ` <span class="com-mark" data-tone="${one.verdict === 'held' ? 'good' : 'bad'}">` +
          `${escaped(t((one.verdict === 'held' ? text.stillTrue : text.broken)(one.major)))}</span>`;
    const engine = one.engine === 'pglite' ? ' (PGlite)' : '';
    return (
      `<span>PostgreSQL ${escaped(one.version)}${engine} · <time datetime="${escaped(one.ranAt)}" title="${escaped(format.fullTime(one.ranAt))}">` +
      `${escaped(format.date(one.ranAt))}</time>${verdict}</span>`
    );
  });
  return `<div class="com-run-result"><p class="com-meta">${heads.join('')}</p>${rowsOf(first, t)}</div>`;
}

function rowsOf({ columns, rows, rowCount, error }: RunResult, t: Reader['t']): string {
  if (error) return `<p class="com-run-error">${escaped(`${error.message} (${error.sqlstate})`)}</p>`;
  if (columns.length === 0) return `<p class="com-run-note">${escaped(t(text.done))}</p>`;
  const cell = (value: string | null) =>
    value === null ? '<td class="com-run-null">NULL</td>' : `<td>${escaped(value)}</td>`;
  const head = columns.map((name) => `<th>${escaped(name)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  const cut =
    rowCount > rows.length
      ? `<p class="com-run-note">${escaped(t(text.rowsCut).replace('{n}', String(rowCount)))}</p>`
      : '';
  return (
    `<div class="com-run-table" tabindex="0" role="region" aria-label="${escaped(t(text.result))}">` +
    `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${cut}`
  );
}

import type { RunOutcome } from '#src/community/contract/runs.ts';
import { make } from '../site/make-element.ts';
import type { RunNews, RunOrder } from './run-worker.ts';

/** The words of the element in the reader's language, handed over in its `words` attribute. */
export type RunWords = Record<RunWord, string>;
type RunWord =
  | 'run'
  | 'stop'
  | 'edit'
  | 'reset'
  | 'write'
  | 'mine'
  | 'code'
  | 'result'
  | 'tools'
  | 'loading'
  | 'running'
  | 'stopped'
  | 'failed'
  | 'setupFailed'
  | 'rowsOf'
  | 'oneRow'
  | 'rowsCut'
  | 'done'
  | 'inBrowser';

/** Whoever waited so long does not look any more. */
const secondsAtMost = 120;

/**
 * Runs the block of SQL inside in the reader's browser, after the set-up of its writing. PostgreSQL is loaded when the
 * reader first presses, works in a thread of its own, and each run begins in an empty database. The text can be made
 * the reader's own, which only this browser keeps.
 */
class RunSqlElement extends HTMLElement {
  #words!: RunWords;
  #pre!: HTMLPreElement;
  #area: HTMLTextAreaElement | undefined;
  #worker: Worker | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = make('button', { type: 'button', className: 'com-button' });
  #own = make('button', { type: 'button', className: 'com-button' });
  #write = make('a', { hidden: true });
  #said = make('p', { className: 'com-run-said', role: 'status' });
  #out = make('div', { className: 'com-run-out' });

  connectedCallback() {
    const pre = this.querySelector('pre');
    if (!pre || this.hasAttribute('live')) return;
    this.setAttribute('live', '');
    this.#pre = pre;
    this.#words = JSON.parse(this.getAttribute('words') ?? '{}') as RunWords;
    const bar = make('div', { className: 'com-run-bar', role: 'group', ariaLabel: this.#words.tools });
    this.#run.addEventListener('click', () => (this.#worker ? this.#stop() : this.#start()));
    this.#own.addEventListener('click', () => (this.#area ? this.#reset() : this.#make(this.#text, true)));
    this.#own.dataset['kind'] = 'quiet';
    this.#write.textContent = this.#words.write;
    this.#write.addEventListener('click', () => this.#address());
    bar.append(this.#run, this.#own, this.#write, this.#said);
    pre.after(bar, this.#out);
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing && !this.#worker)
        this.#start();
    });
    const kept = keep.read(this.#key);
    if (kept !== null) this.#make(kept, false);
    this.#label();
  }

  disconnectedCallback() {
    this.#end();
  }

  get #key() {
    return `elepherd-run:${this.dataset['run']}`;
  }

  get #text() {
    return this.#area?.value ?? this.#pre.textContent ?? '';
  }

  /** What the writing prepares before this block. */
  get #setup(): string {
    const writing: Element = this.closest('.com-prose') ?? this;
    return [...writing.querySelectorAll('.com-run-setup pre')]
      .filter((one) => this.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING)
      .map((one) => one.textContent ?? '')
      .join('');
  }

  #label() {
    this.#run.textContent = this.#worker ? `■ ${this.#words.stop}` : `▶ ${this.#words.run}`;
    if (this.#worker) this.#run.dataset['kind'] = 'bad';
    else delete this.#run.dataset['kind'];
    this.#own.textContent = this.#area ? this.#words.reset : this.#words.edit;
    this.#own.disabled = this.#worker !== undefined;
    this.#write.hidden = this.#area === undefined;
    this.#address();
  }

  /** The editor takes what stands behind the sharp: it never travels to a server before it is saved there. */
  #address() {
    const fence = (marks: string, code: string) => `\`\`\`sql ${marks}\n${code.trimEnd()}\n\`\`\``;
    const setup = this.#setup.trim() === '' ? [] : [fence('setup', this.#setup)];
    const words = [...setup, fence('run', this.#text)].join('\n\n');
    this.#write.href = `/articles/write#words=${encodeURIComponent(words)}`;
  }

  #make(text: string, focus: boolean) {
    const lines = text.trimEnd().split('\n').length + 1;
    const area = make('textarea', {
      value: text,
      spellcheck: false,
      maxLength: 20_000,
      rows: Math.min(lines, 20),
    });
    area.ariaLabel = this.#words.code;
    area.autocapitalize = 'off';
    area.addEventListener('input', () => keep.write(this.#key, area.value));
    this.#pre.hidden = true;
    this.#pre.before(area);
    this.#area = area;
    this.#said.textContent = this.#words.mine;
    this.#label();
    if (focus) area.focus();
  }

  #reset() {
    keep.remove(this.#key);
    this.#area?.remove();
    this.#area = undefined;
    this.#pre.hidden = false;
    this.#said.textContent = '';
    this.#out.replaceChildren();
    this.#label();
  }

  #start() {
    this.#worker = new Worker(new URL('./run-worker.ts', import.meta.url), { type: 'module' });
    this.#timer = setTimeout(() => this.#stop(), secondsAtMost * 1000);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<RunNews>) => {
      if (data.state === 'running') this.#said.textContent = this.#words.running;
      else this.#show(data.outcome, data.isSetup);
    });
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#end();
      this.#said.textContent = this.#words.failed;
    });
    const order: RunOrder = { setup: this.#setup, code: this.#text };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin to aim at
    this.#worker.postMessage(order);
    this.#said.textContent = this.#words.loading;
    this.#out.replaceChildren();
    this.ariaBusy = 'true';
    this.#label();
  }

  #stop() {
    this.#end();
    this.#said.textContent = this.#words.stopped;
  }

  #end() {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.ariaBusy = null;
    this.#label();
  }

  #show({ columns, rows, rowCount, error }: RunOutcome, isSetup: boolean) {
    this.#end();
    const words = this.#words;
    if (error) {
      const message = make('p', { className: 'com-run-error', role: 'alert' });
      message.textContent = `${isSetup ? `${words.setupFailed} ` : ''}${error.message} (${error.sqlstate})`;
      this.#out.replaceChildren(message);
      this.#said.textContent = '';
      return;
    }
    const count = new Intl.NumberFormat(document.documentElement.lang).format(rowCount);
    const whole = rowCount === 1 ? words.oneRow : words.rowsOf;
    const found = (rowCount > rows.length ? words.rowsCut : whole).replace('{n}', count);
    this.#said.textContent = `${columns.length === 0 ? words.done : found} · ${words.inBrowser}`;
    if (columns.length > 0) this.#out.replaceChildren(tableOf(columns, rows, words.result));
  }
}

function tableOf(columns: readonly string[], rows: readonly (readonly (string | null)[])[], label: string) {
  const line = (kind: 'th' | 'td', values: readonly (string | null)[]) => {
    const row = make('tr', {});
    row.append(
      ...values.map((value) => {
        const cell = make(kind, { textContent: value ?? 'NULL' });
        if (value === null) cell.className = 'com-run-null';
        return cell;
      }),
    );
    return row;
  };
  const [head, body, table] = [make('thead', {}), make('tbody', {}), make('table', {})];
  head.append(line('th', columns));
  body.append(...rows.map((row) => line('td', row)));
  table.append(head, body);
  const frame = make('div', { className: 'com-run-table', tabIndex: 0, role: 'region', ariaLabel: label });
  frame.append(table);
  return frame;
}

/** What this browser keeps; where it keeps nothing, the copy lives as long as the page. */
const keep = {
  read: (key: string) => attempt(() => localStorage.getItem(key)) ?? null,
  write: (key: string, text: string) => void attempt(() => localStorage.setItem(key, text)),
  remove: (key: string) => void attempt(() => localStorage.removeItem(key)),
};

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

if (!customElements.get('elepherd-run-sql')) customElements.define('elepherd-run-sql', RunSqlElement);

const quietMs = 1200;
const atMostMs = 8000;
const againMs = 10_000;

export type SaveState = 'typing' | 'saving' | 'saved' | 'notSaved';

/** Keeps the fields of a form as a draft while they are typed: soon after a pause, at the latest after some seconds. */
export class Autosave {
  readonly #form: HTMLFormElement;
  readonly #target: string;
  readonly #tell: (state: SaveState, time?: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirtySince: number | undefined;
  #running: AbortController | undefined;
  #isOver = false;

  constructor(form: HTMLFormElement, target: string, tell: (state: SaveState, time?: string) => void) {
    this.#form = form;
    this.#target = target;
    this.#tell = tell;
    form.addEventListener('input', this.#onInput);
    form.addEventListener('submit', this.#onSubmit);
    addEventListener('pagehide', this.#onLeave);
  }

  stop() {
    this.#isOver = true;
    clearTimeout(this.#timer);
    // A draft that arrives after what it became would come back from the dead.
    this.#running?.abort();
    this.#form.removeEventListener('input', this.#onInput);
    this.#form.removeEventListener('submit', this.#onSubmit);
    removeEventListener('pagehide', this.#onLeave);
  }

  readonly #onInput = () => {
    this.#dirtySince ??= Date.now();
    this.#tell('typing');
    const left = this.#dirtySince + atMostMs - Date.now();
    this.#plan(Math.max(0, Math.min(quietMs, left)));
  };
  readonly #onSubmit = () => this.stop();
  readonly #onLeave = () => {
    if (this.#dirtySince !== undefined) void this.#save(true);
  };

  #plan(ms: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), ms);
  }

  async #save(isLeaving = false) {
    if (this.#isOver) return;
    if (this.#running && !isLeaving) {
      this.#plan(quietMs);
      return;
    }
    const body = JSON.stringify({ fields: this.#fields() });
    const running = new AbortController();
    this.#running = running;
    this.#dirtySince = undefined;
    this.#tell('saving');
    try {
      const answer = await fetch(`/api/community/drafts/${this.#target}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
        body,
        signal: running.signal,
        // The browser takes no more than 64 kB with it when the page goes.
        keepalive: isLeaving && body.length < 60_000,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      if (this.#dirtySince === undefined) this.#tell('saved', new Date().toLocaleTimeString());
    } catch {
      if (this.#isOver) return;
      this.#dirtySince ??= Date.now();
      this.#tell('notSaved');
      this.#plan(againMs);
    } finally {
      this.#running = undefined;
    }
  }

  #fields(): Record<string, string> {
    const fields: Record<string, string> = {};
    for (const one of this.#form.elements) {
      const isField = one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement;
      const isInput =
        one instanceof HTMLInputElement &&
        !['hidden', 'file', 'password', 'submit', 'button'].includes(one.type);
      if (!(isField || isInput) || one.name === '') continue;
      if (isInput && ['checkbox', 'radio'].includes(one.type) && !one.checked) continue;
      // Several ticks of one name are one field, as the form of a draft has it.
      fields[one.name] = one.name in fields ? `${fields[one.name]} ${one.value}` : one.value;
    }
    return fields;
  }
}

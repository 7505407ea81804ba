import type { EditorWords } from './editor.element.ts';

const quietMs = 400;

/** The pane that shows how the words will look, by the server's own renderer. */
export class Preview {
  readonly pane = Object.assign(document.createElement('div'), { className: 'com-editor-preview com-prose' });
  readonly #area: HTMLTextAreaElement;
  readonly #words: EditorWords;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown = '';
  #running: AbortController | undefined;

  constructor(area: HTMLTextAreaElement, words: EditorWords) {
    this.#area = area;
    this.#words = words;
    this.pane.hidden = true;
    // Long words scroll by the keyboard, too.
    this.pane.tabIndex = 0;
    this.pane.role = 'region';
    this.pane.ariaLabel = words.preview;
    area.addEventListener('scroll', () => this.#follow(), { passive: true });
  }

  show(isShown: boolean) {
    this.pane.hidden = !isShown;
    if (isShown) void this.#render();
  }

  schedule() {
    if (this.pane.hidden) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#render(), quietMs);
  }

  async #render() {
    const markdown = this.#area.value;
    if (markdown.trim() === '') {
      this.#shown = '';
      this.pane.textContent = this.#words.empty;
      return;
    }
    if (markdown === this.#shown) return;
    this.#running?.abort();
    this.#running = new AbortController();
    try {
      const answer = await fetch('/api/community/preview', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
        body: JSON.stringify({ markdown }),
        signal: this.#running.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      // Sanitised by the same renderer as what is published.
      this.pane.innerHTML = ((await answer.json()) as { html: string }).html;
      this.#shown = markdown;
      this.#follow();
    } catch (error) {
      if ((error as Error).name !== 'AbortError') this.pane.textContent = this.#words.previewFailed;
    }
  }

  /** Keeps the pane about where the words are. */
  #follow() {
    const { scrollTop, scrollHeight, clientHeight } = this.#area;
    const part = scrollTop / Math.max(1, scrollHeight - clientHeight);
    this.pane.scrollTop = part * (this.pane.scrollHeight - this.pane.clientHeight);
  }
}

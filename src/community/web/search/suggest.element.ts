import type { Suggestion } from '#src/community/contract/search.ts';

const waitMs = 120;

/**
 * Offers what may be looked for under the search field it stands around, while somebody types: a list box by the ARIA
 * pattern, reached by the arrow keys. Without it the form sends what was typed.
 */
class Suggest extends HTMLElement {
  private input: HTMLInputElement | null = null;
  private readonly list = document.createElement('ul');
  private chosen = -1;
  private asked = 0;
  private timer = 0;

  connectedCallback(): void {
    const input = this.querySelector('input');
    if (!input) return;
    this.input = input;
    this.list.id = 'com-suggestions';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', this.getAttribute('label') ?? '');
    this.list.hidden = true;
    this.append(this.list);
    const state = {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-controls': this.list.id,
      'aria-expanded': 'false',
      autocomplete: 'off',
    };
    for (const [name, value] of Object.entries(state)) input.setAttribute(name, value);
    input.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(input.value), waitMs);
    });
    input.addEventListener('keydown', (event) => this.press(event));
    input.addEventListener('blur', () => window.setTimeout(() => this.close(), 150));
  }

  private async ask(typed: string): Promise<void> {
    const turn = ++this.asked;
    if (typed.trim() === '') return this.close();
    const answer = await fetch(
      `/api/community/search/suggestions?q=${encodeURIComponent(typed.slice(0, 100))}`,
    ).catch(() => null);
    // An answer that comes after the next question is no answer any more.
    if (!answer?.ok || turn !== this.asked) return;
    this.show((await answer.json()) as Suggestion[]);
  }

  private show(suggestions: readonly Suggestion[]): void {
    this.chosen = -1;
    this.list.replaceChildren(
      ...suggestions.map(({ kind, text, path }, at) => {
        const link = document.createElement('a');
        link.href = path;
        link.tabIndex = -1;
        link.textContent = kind === 'tag' ? `# ${text}` : text;
        const item = document.createElement('li');
        item.id = `com-suggestion-${at}`;
        item.setAttribute('role', 'option');
        item.append(link);
        return item;
      }),
    );
    this.list.hidden = suggestions.length === 0;
    this.input?.setAttribute('aria-expanded', String(!this.list.hidden));
    this.choose(-1);
  }

  private press(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const { length } = this.list.children;
      this.choose(((this.chosen + 1 + step + length + 1) % (length + 1)) - 1);
    } else if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && this.chosen >= 0) {
      event.preventDefault();
      this.list.children[this.chosen]?.querySelector('a')?.click();
    }
  }

  private choose(at: number): void {
    this.chosen = at;
    for (const [place, item] of [...this.list.children].entries())
      item.setAttribute('aria-selected', String(place === at));
    if (at < 0) this.input?.removeAttribute('aria-activedescendant');
    else this.input?.setAttribute('aria-activedescendant', `com-suggestion-${at}`);
  }

  private close(): void {
    this.list.hidden = true;
    this.input?.setAttribute('aria-expanded', 'false');
    this.choose(-1);
  }
}

customElements.define('elepherd-suggest', Suggest);

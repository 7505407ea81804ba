/** A question with its answers, or a wish with its votes. */
type Similar = {
  id: number;
  title: string;
  slug: string;
  answerCount?: number;
  isAccepted?: boolean;
  votes?: number;
};

const quietMs = 300;
const lettersAtLeast = 4;

/** Questions, or with `of` wishes, like the one that is being typed, below the field named by `field`: found while the typing rests. */
class SimilarElement extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  get #room() {
    return this.getAttribute('of') ?? 'questions';
  }

  connectedCallback() {
    const form = this.closest('form');
    const field = form?.elements.namedItem(this.getAttribute('field') ?? '');
    if (!(field instanceof HTMLInputElement)) return;
    this.ariaLive = 'polite';
    field.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#find(field.value.trim()), quietMs);
    });
    if (field.value !== '') void this.#find(field.value.trim());
  }

  async #find(title: string) {
    this.#running?.abort();
    if (title.length < lettersAtLeast) return this.replaceChildren();
    this.#running = new AbortController();
    try {
      const answer = await fetch(`/api/community/${this.#room}/similar?title=${encodeURIComponent(title)}`, {
        signal: this.#running.signal,
      });
      if (answer.ok) this.#show((await answer.json()) as Similar[]);
    } catch {
      // Asking goes on without: this only helps.
    }
  }

  #show(found: Similar[]) {
    if (found.length === 0) return this.replaceChildren();
    const heading = document.createElement('p');
    heading.textContent = this.getAttribute('heading');
    const list = document.createElement('ul');
    for (const one of found) {
      const link = document.createElement('a');
      link.href = `/${this.#room}/${one.id}/${encodeURIComponent(one.slug)}`;
      link.target = '_blank';
      link.textContent = one.title;
      const item = document.createElement('li');
      item.append(link, ` · ${one.isAccepted ? '✓ ' : ''}${one.answerCount ?? one.votes}`);
      list.append(item);
    }
    this.replaceChildren(heading, list);
  }
}

if (!customElements.get('elepherd-similar')) customElements.define('elepherd-similar', SimilarElement);

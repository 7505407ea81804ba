/** The end of an article of a series: whoever stays here for two seconds has read it, and is marked so. */
class ReadMark extends HTMLElement {
  #watch: IntersectionObserver | undefined;
  #wait: number | undefined;

  connectedCallback() {
    const post = this.getAttribute('post');
    if (post === null) return;
    this.#watch = new IntersectionObserver(([entry]) => {
      clearTimeout(this.#wait);
      if (entry?.isIntersecting) this.#wait = window.setTimeout(() => void this.#mark(post), 2000);
    });
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    clearTimeout(this.#wait);
    this.#watch?.disconnect();
  }

  async #mark(post: string) {
    this.disconnectedCallback();
    try {
      const answer = await fetch(`/api/community/series/readings/${post}`, {
        method: 'PUT',
        headers: { 'x-elepherd-csrf': '1' },
      });
      if (!answer.ok) return;
    } catch {
      // The button is still there.
      return;
    }
    const said = this.querySelector('output');
    if (said) said.textContent = this.getAttribute('said');
    const button = this.querySelector<HTMLButtonElement>('button[value="read"]');
    if (!button) return;
    button.value = 'unread';
    button.textContent = this.getAttribute('undo');
  }
}

customElements.define('elepherd-read-mark', ReadMark);

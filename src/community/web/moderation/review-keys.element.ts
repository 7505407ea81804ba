/**
 * Lets the queue it stands around be worked through with keys: j and k move, a approves, d declines, o opens. It presses the
 * very buttons that are there, so nothing can be done by key that cannot be done without; while somebody types it is quiet.
 */
class ReviewKeys extends HTMLElement {
  private readonly press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.closest('input, textarea, select, [contenteditable]')) return;
    const entries = [...this.querySelectorAll<HTMLElement>('.com-mod-item')];
    const at = entries.findIndex((entry) => entry.contains(document.activeElement));
    const here = entries[at];
    switch (event.key) {
      case 'j':
        return this.move(event, entries[Math.min(entries.length - 1, at + 1)]);
      case 'k':
        return this.move(event, entries[Math.max(0, at - 1)]);
      case 'a':
      case 'd': {
        const button = here?.querySelector<HTMLButtonElement>(`button[data-key="${event.key}"]`);
        if (!button) return;
        event.preventDefault();
        return button.click();
      }
      case 'o': {
        const link = here?.querySelector<HTMLAnchorElement>('a[data-open]');
        if (!link) return;
        event.preventDefault();
        return link.click();
      }
    }
  };

  connectedCallback(): void {
    const hint = document.createElement('p');
    hint.className = 'com-meta com-mod-keys';
    hint.textContent = this.getAttribute('hint') ?? '';
    this.prepend(hint);
    document.addEventListener('keydown', this.press);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.press);
  }

  private move(event: KeyboardEvent, entry: HTMLElement | undefined): void {
    if (!entry) return;
    event.preventDefault();
    entry.focus({ preventScroll: true });
    entry.scrollIntoView({ block: 'start', behavior: 'auto' });
  }
}

customElements.define('elepherd-review-keys', ReviewKeys);

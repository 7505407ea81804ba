type Standing = { score: number; vote: number };

/** The buttons of a vote: with script they count without leaving the page; a refusal is said where it happened. */
class VoteElement extends HTMLElement {
  connectedCallback() {
    this.querySelector('form')?.addEventListener('submit', (event) => {
      const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
      if (!button) return;
      event.preventDefault();
      void this.#send(Number(button.value));
    });
  }

  async #send(value: number) {
    const buttons = [...this.querySelectorAll<HTMLButtonElement>('button')];
    for (const button of buttons) button.disabled = true;
    try {
      const answer = await fetch(`/api/community/votes/${this.getAttribute('post')}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
        body: JSON.stringify({ value }),
      });
      const said = (await answer.json()) as Standing & { detail?: string };
      if (answer.ok) this.#show(said, buttons);
      this.#say(answer.ok ? '' : (said.detail ?? ''));
    } catch {
      // The form itself still works: let the browser send it, and say what is wrong.
      this.querySelector('form')?.submit();
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }

  #show({ score, vote }: Standing, buttons: HTMLButtonElement[]) {
    const output = this.querySelector('output');
    if (output) {
      output.textContent = new Intl.NumberFormat(document.documentElement.lang).format(score);
      output.removeAttribute('aria-label');
    }
    for (const button of buttons) {
      const own = Number(button.dataset['value']);
      button.ariaPressed = String(vote === own);
      button.value = String(vote === own ? 0 : own);
    }
  }

  #say(words: string) {
    let note = this.querySelector<HTMLElement>('.com-q-said');
    if (!note) {
      note = document.createElement('p');
      note.className = 'com-q-said';
      note.role = 'alert';
      this.append(note);
    }
    note.textContent = words;
  }
}

if (!customElements.get('elepherd-vote')) customElements.define('elepherd-vote', VoteElement);

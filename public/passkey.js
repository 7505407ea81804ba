// The passkey button of the sign-in page. Plain JavaScript: the page runs without any other script, and without this one too.

const send = async (path, body) => {
  const answer = await fetch(`/api/identity/sign-in/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
    body: JSON.stringify(body ?? {}),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail ?? '');
  return said;
};

class PasskeyButton extends HTMLElement {
  connectedCallback() {
    if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
    this.append(this.make('p', 'pub-or', this.getAttribute('or')));
    if (location.origin !== this.getAttribute('address')) {
      const link = this.make('a', '', this.getAttribute('elsewhere'));
      link.href = this.getAttribute('address') + location.pathname + location.search;
      this.append(link);
      return;
    }
    const button = this.make('button', 'pub-quiet pub-wide', this.getAttribute('label'));
    button.type = 'button';
    this.note = this.make('p', 'pub-error', '');
    this.note.setAttribute('role', 'alert');
    button.addEventListener('click', () => void this.signIn(button));
    this.append(button, this.note);
  }

  make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.textContent = text;
    return element;
  }

  async signIn(button) {
    button.disabled = true;
    this.note.textContent = '';
    try {
      const options = PublicKeyCredential.parseRequestOptionsFromJSON(await send('passkey/options'));
      const credential = await navigator.credentials.get({ publicKey: options });
      await send('passkey', credential.toJSON());
      location.assign(this.getAttribute('back') || '/');
    } catch (error) {
      const isOurs = error instanceof Error && error.name === 'Error' && error.message !== '';
      this.note.textContent = isOurs ? error.message : this.getAttribute('stopped');
      button.disabled = false;
    }
  }
}

customElements.define('elepherd-passkey', PasskeyButton);

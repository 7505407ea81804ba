/**
 * The button that lets this browser tell its reader by web push. It is not there where a browser cannot; a plain page without
 * it says so. The service worker does nothing else than to show what arrives.
 */
class PushHere extends HTMLElement {
  connectedCallback(): void {
    const can = 'serviceWorker' in navigator && 'PushManager' in window && window.isSecureContext;
    if (!can) return this.say('elsewhere');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'com-button';
    button.dataset['kind'] = 'quiet';
    button.textContent = this.getAttribute('label');
    button.addEventListener('click', () => {
      button.disabled = true;
      this.subscribe().then(
        () => this.say('done'),
        () => this.say('refused'),
      );
    });
    this.replaceChildren(button);
  }

  private async subscribe(): Promise<void> {
    if ((await Notification.requestPermission()) !== 'granted') throw new Error('not allowed');
    const registration = await navigator.serviceWorker.register('/push-worker.js', {
      scope: '/notifications',
    });
    const { key } = (await this.send('push/key')) as { key: string };
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: key,
    });
    const { endpoint, keys } = subscription.toJSON();
    await this.send('push', { endpoint, keys, browser: browserName() });
  }

  private async send(path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`/api/community/notifications/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.status === 204 ? undefined : answer.json();
  }

  private say(what: 'done' | 'refused' | 'elsewhere'): void {
    const words = document.createElement('p');
    words.setAttribute('role', 'status');
    words.textContent = this.getAttribute(what);
    this.replaceChildren(words);
  }
}

function browserName(): string {
  const agent = navigator.userAgent;
  const name = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((one) => agent.includes(`${one}/`)) ?? '';
  const system = /\(([^;)]+)/.exec(agent)?.[1] ?? '';
  return `${name === 'Edg' ? 'Edge' : name} · ${system}`.slice(0, 200);
}

customElements.define('elepherd-push-here', PushHere);

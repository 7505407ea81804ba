/** Makes links to moments of a recording (`…#t=75`, or its own address with one) jump in the player of the page. */
class Moments extends HTMLElement {
  readonly #onClick = (event: MouseEvent) => {
    const link = (event.target as Element).closest?.('a[href]');
    const player = this.querySelector('audio');
    const href = link?.getAttribute('href') ?? '';
    const moment = /#t=(\d{1,6})$/.exec(href);
    if (!player || !moment || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = href.slice(0, moment.index);
    if (place !== '' && place !== this.getAttribute('url')?.replace(/#.*$/, '')) return;
    event.preventDefault();
    const seek = () => {
      player.currentTime = Number(moment[1]);
      void player.play();
    };
    if (player.readyState >= 1) return seek();
    player.addEventListener('loadedmetadata', seek, { once: true });
    player.preload = 'metadata';
    player.load();
  };

  connectedCallback() {
    document.addEventListener('click', this.#onClick);
  }

  disconnectedCallback() {
    document.removeEventListener('click', this.#onClick);
  }
}

customElements.define('elepherd-moments', Moments);

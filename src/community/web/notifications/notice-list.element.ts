/** Marks a notice as read when its link is followed, on the way: without it each has a button. */
class NoticeList extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', (event) => {
      const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('a[data-notice]');
      if (!link) return;
      // Outlives the page that is being left.
      void fetch('/api/community/notifications/read', {
        method: 'POST',
        keepalive: true,
        headers: { 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
        body: JSON.stringify({ ids: [Number(link.dataset['notice'])] }),
      }).catch(() => undefined);
    });
  }
}

customElements.define('elepherd-notice-list', NoticeList);

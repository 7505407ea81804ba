// Shows what arrives by web push, and opens its page when it is chosen. It answers no requests and keeps nothing.

self.addEventListener('push', (event) => {
  let said = {};
  try {
    said = event.data?.json() ?? {};
  } catch {
    // Words that are none of ours: a notice must be shown all the same.
  }
  const path = typeof said.href === 'string' && /^\/(?![/\\])/.test(said.href) ? said.href : '/notifications';
  event.waitUntil(
    self.registration.showNotification(String(said.title ?? 'Elepherd'), {
      body: String(said.body ?? ''),
      icon: '/favicon.svg',
      tag: `notice-${said.id ?? ''}`,
      data: { path },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data?.path ?? '/notifications'));
});

import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const faqPages: RouteConfigEntry[] = [
  route('faq', 'community/web/faq/faq.page.tsx'),
  route('faq/write', 'community/web/faq/write-faq.page.tsx', { id: 'write-faq' }),
  route('faq/:id/edit', 'community/web/faq/write-faq.page.tsx', { id: 'edit-faq' }),
  route('faq/:id/:slug?', 'community/web/faq/entry.page.tsx'),
];

import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const messageRoutes: RouteConfigEntry[] = [
  route('messages', 'community/web/messages/messages.page.tsx'),
  route('messages/new', 'community/web/messages/new-message.page.tsx'),
  route('messages/:id', 'community/web/messages/conversation.page.tsx'),
];

import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const commentPages: RouteConfigEntry[] = [
  route('comments/:id/reply', 'community/web/comments/comment.page.tsx', { id: 'reply-comment' }),
  route('comments/:id/edit', 'community/web/comments/comment.page.tsx', { id: 'edit-comment' }),
];

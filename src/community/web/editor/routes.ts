import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const editorRoutes: RouteConfigEntry[] = [
  route('drafts', 'community/web/editor/drafts.page.tsx'),
  route('uploads', 'community/web/editor/upload.page.tsx'),
];

import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const moderationPages: RouteConfigEntry[] = [
  route('moderation', 'community/web/moderation/queue.page.tsx'),
  route('moderation/log', 'community/web/moderation/log.page.tsx'),
  route('moderation/words', 'community/web/moderation/words.page.tsx'),
  route('moderation/limits', 'community/web/moderation/limits.page.tsx'),
  route('moderation/members', 'community/web/moderation/members.page.tsx'),
  route('moderation/patterns', 'community/web/moderation/patterns.page.tsx'),
  route('moderation/mine', 'community/web/moderation/mine.page.tsx'),
  route('flag', 'community/web/moderation/flag.page.tsx'),
  route('copyright-claim', 'community/web/moderation/claim.page.tsx'),
];

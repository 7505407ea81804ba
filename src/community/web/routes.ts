import type { RouteConfigEntry } from '@react-router/dev/routes';
import { articleRoutes } from './articles/routes.ts';
import { chapterRoutes } from './chapters/routes.ts';
import { commentPages } from './comments/routes.ts';
import { editorRoutes } from './editor/routes.ts';
import { faqPages } from './faq/routes.ts';
import { feedPages, feedResources } from './feeds/routes.ts';
import { expertRoutes } from './experts/routes.ts';
import { homeRoutes } from './home/routes.ts';
import { mediaPages, mediaResources } from './media/routes.ts';
import { memberRoutes } from './members/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { moderationPages } from './moderation/routes.ts';
import { notificationPages } from './notifications/routes.ts';
import { mergeRoutes } from './merges/routes.ts';
import { offeringRoutes } from './offerings/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { questionPages } from './questions/routes.ts';
import { revisionRoutes } from './revisions/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { seriesRoutes } from './series/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { siteSettingsPages } from './site-settings/routes.ts';
import { sitemapResources } from './sitemaps/routes.ts';
import { tagRoutes } from './tags/routes.ts';
import { wishPages } from './wishes/routes.ts';

/** Pages of the community's public site: plain HTML that works without script. Each topic lists its own. */
export const siteRoutes: RouteConfigEntry[] = [
  // One a line, in the order of the bar.
  ...homeRoutes,
  ...articleRoutes,
  ...commentPages,
  ...faqPages,
  ...editorRoutes,
  ...feedPages,
  ...mediaPages,
  ...memberRoutes,
  ...messageRoutes,
  ...moderationPages,
  ...notificationPages,
  ...questionPages,
  ...revisionRoutes,
  ...organisationRoutes,
  ...offeringRoutes,
  ...expertRoutes,
  ...chapterRoutes,
  ...mergeRoutes,
  ...searchRoutes,
  ...seriesRoutes,
  ...settingsRoutes,
  ...siteSettingsPages,
  ...tagRoutes,
  ...wishPages,
];

/** Addresses that answer programs, without a page. */
export const plainRoutes: RouteConfigEntry[] = [...feedResources, ...mediaResources, ...sitemapResources];

/** Pages inside the console: signed in, interactive. */
export const consoleRoutes: RouteConfigEntry[] = [];

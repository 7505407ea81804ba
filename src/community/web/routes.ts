import type { RouteConfigEntry } from '@react-router/dev/routes';
import { annualReportPages } from './annual-reports/routes.ts';
import { areaPages } from './areas/routes.ts';
import { articleRoutes } from './articles/routes.ts';
import { badgePages } from './badges/routes.ts';
import { caseStudyPages } from './case-studies/routes.ts';
import { chapterRoutes } from './chapters/routes.ts';
import { commentPages } from './comments/routes.ts';
import { committeePages } from './committees/routes.ts';
import { coreApplicationPages } from './core-applications/routes.ts';
import { downloadPages } from './downloads/routes.ts';
import { editorRoutes } from './editor/routes.ts';
import { electionPages, electionResources } from './elections/routes.ts';
import { faqPages } from './faq/routes.ts';
import { feedPages, feedResources } from './feeds/routes.ts';
import { expertRoutes } from './experts/routes.ts';
import { goalPages } from './goals/routes.ts';
import { homeRoutes } from './home/routes.ts';
import { leaderboardPages } from './leaderboards/routes.ts';
import { mediaPages, mediaResources } from './media/routes.ts';
import { meetingPages, meetingResources } from './meetings/routes.ts';
import { memberRoutes } from './members/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { moderationPages } from './moderation/routes.ts';
import { mvpPages } from './mvp/routes.ts';
import { newsletterPages } from './newsletters/routes.ts';
import { notificationPages } from './notifications/routes.ts';
import { mergeRoutes } from './merges/routes.ts';
import { offeringRoutes } from './offerings/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { pointPages } from './points/routes.ts';
import { planPages, planResources } from './plan/routes.ts';
import { questionPages } from './questions/routes.ts';
import { resolutionPages } from './resolutions/routes.ts';
import { revisionRoutes } from './revisions/routes.ts';
import { rewardPages } from './rewards/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { seriesRoutes } from './series/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { siteSettingsPages } from './site-settings/routes.ts';
import { sitemapResources } from './sitemaps/routes.ts';
import { tagRoutes } from './tags/routes.ts';
import { transparencyPages } from './transparency/routes.ts';
import { valuePages } from './value/routes.ts';
import { wishPages } from './wishes/routes.ts';

/** Pages of the community's public site: plain HTML that works without script. Each topic lists its own. */
export const siteRoutes: RouteConfigEntry[] = [
  // One a line, in the order of the bar.
  ...homeRoutes,
  ...articleRoutes,
  ...commentPages,
  ...badgePages,
  ...caseStudyPages,
  ...downloadPages,
  ...faqPages,
  ...editorRoutes,
  ...feedPages,
  ...leaderboardPages,
  ...mediaPages,
  ...memberRoutes,
  ...messageRoutes,
  ...moderationPages,
  ...mvpPages,
  ...newsletterPages,
  ...notificationPages,
  ...pointPages,
  ...questionPages,
  ...revisionRoutes,
  ...rewardPages,
  ...organisationRoutes,
  ...offeringRoutes,
  ...expertRoutes,
  ...chapterRoutes,
  ...committeePages,
  ...coreApplicationPages,
  ...electionPages,
  ...planPages,
  ...meetingPages,
  ...resolutionPages,
  ...areaPages,
  ...goalPages,
  ...transparencyPages,
  ...annualReportPages,
  ...mergeRoutes,
  ...searchRoutes,
  ...seriesRoutes,
  ...settingsRoutes,
  ...siteSettingsPages,
  ...tagRoutes,
  ...valuePages,
  ...wishPages,
];

/** Addresses that answer programs, without a page. */
export const plainRoutes: RouteConfigEntry[] = [
  ...electionResources,
  ...feedResources,
  ...mediaResources,
  ...meetingResources,
  ...planResources,
  ...sitemapResources,
];

/** Pages inside the console: signed in, interactive. */
export const consoleRoutes: RouteConfigEntry[] = [];

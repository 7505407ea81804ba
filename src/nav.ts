import type { NavEntry } from './platform/web/console/nav-entry.ts';
import { shellText } from './platform/contract/shell.text.ts';
import {
  IconActivity,
  IconArchive,
  IconBell,
  IconBuilding,
  IconChartLine,
  IconClipboardText,
  IconDatabase,
  IconFlask,
  IconHome,
  IconMail,
  IconServer,
  IconUser,
} from './platform/web/ui/icons.ts';

/**
 * The console's navigation, in its order. An entry shows when routes.ts has its path and the viewer holds any
 * permission whose name begins with `needs` (a noun, such as `fleet.host`); without `needs` everybody sees it.
 */
export const nav: NavEntry[] = [
  { path: '/', title: shellText.navOverview, icon: IconHome },
  {
    path: '/hosts',
    title: shellText.navHosts,
    icon: IconServer,
    section: shellText.navFleet,
    needs: 'fleet.host',
  },
  {
    path: '/clusters',
    title: shellText.navClusters,
    icon: IconDatabase,
    section: shellText.navFleet,
    needs: 'fleet.cluster',
  },
  {
    path: '/backups',
    title: shellText.navBackups,
    icon: IconArchive,
    section: shellText.navFleet,
    needs: 'fleet.backup',
  },
  {
    path: '/monitoring',
    title: shellText.navMonitoring,
    icon: IconChartLine,
    section: shellText.navFleet,
    needs: 'fleet.metrics',
  },
  {
    path: '/alerts',
    title: shellText.navAlerts,
    icon: IconBell,
    section: shellText.navFleet,
    needs: 'fleet.alert',
  },
  {
    path: '/sandboxes',
    title: shellText.navSandboxes,
    icon: IconFlask,
    section: shellText.navFleet,
    needs: 'fleet.sandbox',
  },
  {
    path: '/operations',
    title: shellText.navOperations,
    icon: IconActivity,
    section: shellText.navActivity,
    needs: 'platform.operation',
  },
  {
    path: '/audit',
    title: shellText.navAudit,
    icon: IconClipboardText,
    section: shellText.navActivity,
    needs: 'platform.audit',
  },
  {
    path: '/outbox',
    title: shellText.navOutbox,
    icon: IconMail,
    section: shellText.navActivity,
    needs: 'platform.mail',
  },
  {
    path: '/organisation',
    title: shellText.navOrganisation,
    icon: IconBuilding,
    section: shellText.navSettings,
    needs: 'identity.organisation',
  },
  { path: '/account', title: shellText.navAccount, icon: IconUser, section: shellText.navSettings },
];

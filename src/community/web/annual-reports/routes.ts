import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const annualReportPages: RouteConfigEntry[] = [
  route('annual-report', 'community/web/annual-reports/annual-report.page.tsx'),
];

import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const caseStudyPages: RouteConfigEntry[] = [
  route('case-studies', 'community/web/case-studies/case-studies.page.tsx'),
];

import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const electionPages: RouteConfigEntry[] = [
  route('elections', 'community/web/elections/elections.page.tsx'),
  route('elections/new', 'community/web/elections/call.page.tsx', { id: 'call-election' }),
  route('elections/:election', 'community/web/elections/election.page.tsx'),
];

export const electionResources: RouteConfigEntry[] = [
  route('elections/:election/ballots.json', 'community/web/elections/file.route.ts', { id: 'election-file' }),
];

import type { Config } from '@react-router/dev/config';

export default {
  appDirectory: 'src',
  ssr: true,
  // The whole map of pages travels with the first one: no second request to discover a route.
  routeDiscovery: { mode: 'initial' },
} satisfies Config;

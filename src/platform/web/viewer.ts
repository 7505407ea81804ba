import { useRouteLoaderData } from 'react-router';
import type { Viewer } from '#src/platform/contract/viewer.ts';
import type { loader as rootLoader } from '#src/root.tsx';

const nobody: Viewer = { user: null, org: null, orgs: [], permissions: [], locale: null };

/** Who is looking. */
export function useViewer(): Viewer {
  return useRouteLoaderData<typeof rootLoader>('root')?.viewer ?? nobody;
}

/** Whether the viewer holds a permission: for showing a button. The API decides again. */
export function useMay(permission: string): boolean {
  return useViewer().permissions.includes(permission);
}

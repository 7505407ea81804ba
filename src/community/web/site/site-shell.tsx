import type { ReactNode } from 'react';
import { PublicShell } from '#src/platform/web/public/public-shell.tsx';

/** The frame of the community's pages. */
export function SiteShell({ children }: { children: ReactNode }) {
  return <PublicShell>{children}</PublicShell>;
}

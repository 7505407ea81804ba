import type { Text } from '#src/platform/contract/i18n.ts';
import type { Icon } from '../ui/icons.ts';

/** One line of the console's navigation. */
export type NavEntry = { path: string; title: Text; icon: Icon; section?: Text; needs?: string };

/** The entries this viewer may open: their page exists, and some permission on their noun is held. */
export function visibleEntries(
  entries: readonly NavEntry[],
  paths: ReadonlySet<string>,
  permissions: readonly string[],
): NavEntry[] {
  return entries.filter(({ path, needs }) => {
    if (!paths.has(path)) return false;
    return needs === undefined || permissions.some((one) => one === needs || one.startsWith(`${needs}.`));
  });
}

/** Where Elepherd keeps its state on a machine when `ELEPHERD_HOME` is not set. */
export function defaultHome(who: {
  isRoot: boolean;
  userHome: string;
  dataHome?: string | undefined;
}): string {
  if (who.isRoot) return '/var/lib/elepherd';
  return `${who.dataHome || `${who.userHome}/.local/share`}/elepherd`;
}

/** Files in the home that other programs on the same machine read, relative to it. */
export const homeFiles = {
  /** The key that signs in the command line of this machine; readable by the home's owner only. */
  adminToken: 'admin-token',
  /** Where Elepherd answers now: JSON with `url`. */
  running: 'run/elepherd.json',
} as const;

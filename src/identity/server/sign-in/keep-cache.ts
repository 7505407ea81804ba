import { listen } from '#src/platform/server/listen.ts';

const entriesAtMost = 10_000;

/** Remembers for a moment what costs several queries to find out. */
export type Cache<T> = {
  get(key: string): T | undefined;
  /** Taken before the database is asked and given to `set`: an answer older than the newest change is not kept. */
  now(): number;
  set(key: string, value: T, askedAt: number): void;
  forget(accountId: string): void;
  stop(): void;
};

/**
 * A memory of some seconds that forgets an account as soon as any server changes it (`identity_changed`). It remembers
 * nothing before the listening connection stands, and whatever that connection missed is over after `seconds`.
 */
export function keepCache<T extends { accountId: string }>(seconds: number): Cache<T> {
  const entries = new Map<string, { value: T; until: number }>();
  let hears = false;
  let changes = 0;
  const forget = (accountId: string) => {
    changes++;
    for (const [key, { value }] of entries) if (value.accountId === accountId) entries.delete(key);
  };
  const stop = listen('identity_changed', (accountId) => {
    hears = true;
    if (accountId !== null) return forget(accountId);
    changes++;
    entries.clear();
  });
  return {
    now: () => changes,
    forget,
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if (entry.until > Date.now()) return entry.value;
      entries.delete(key);
      return undefined;
    },
    set(key, value, askedAt) {
      if (!hears || askedAt !== changes) return;
      if (entries.size >= entriesAtMost) entries.clear();
      entries.set(key, { value, until: Date.now() + seconds * 1000 });
    },
    stop,
  };
}

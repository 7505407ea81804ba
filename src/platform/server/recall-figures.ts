import { keptFigureSeconds } from '../contract/freshness.ts';
import type { Db } from './db.ts';

const kept = new WeakMap<Db, Map<string, { until: number; figures: Promise<unknown> }>>();

/**
 * What many rows come to, or what all pages show alike, found at most once in `keptFigureSeconds` for each name and database
 * handle: for what a page shows, not for what a command decides. Whoever asks meanwhile waits for the same search; one that
 * failed is not remembered.
 */
export function recallFigures<T>(db: Db, name: string, find: (db: Db) => Promise<T>): Promise<T> {
  const ofThis = kept.get(db) ?? new Map<string, { until: number; figures: Promise<unknown> }>();
  kept.set(db, ofThis);
  const known = ofThis.get(name);
  if (known && known.until > Date.now()) return known.figures as Promise<T>;
  const entry = { until: Date.now() + keptFigureSeconds * 1000, figures: find(db) };
  ofThis.set(name, entry);
  entry.figures.catch(() => {
    if (ofThis.get(name) === entry) ofThis.delete(name);
  });
  return entry.figures;
}

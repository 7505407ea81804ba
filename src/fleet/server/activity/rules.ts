import type { LockNode, LockSession } from '#src/fleet/contract/activity.ts';

/**
 * Sessions as a tree told line by line: who holds others up comes first, with those that wait for it below. One that waits for
 * several stands once, below the first of them; a ring, which PostgreSQL is about to break, begins at the one that waits longest.
 */
export function lockTree(sessions: readonly LockSession[]): LockNode[] {
  const there = new Map(sessions.map((one) => [one.pid, one]));
  const waitersOf = (pid: number) => sessions.filter(({ blockedBy }) => blockedBy.includes(pid));
  const heldUp = (pid: number) => {
    const seen = new Set<number>();
    const walk = (at: number) => {
      for (const { pid: next } of waitersOf(at)) {
        if (seen.has(next) || next === pid) continue;
        seen.add(next);
        walk(next);
      }
    };
    walk(pid);
    return seen.size;
  };
  const told = new Set<number>();
  const nodes: LockNode[] = [];
  const tell = (session: LockSession, depth: number) => {
    if (told.has(session.pid)) return;
    told.add(session.pid);
    nodes.push({ ...session, depth, holdsUp: heldUp(session.pid) });
    for (const next of waitersOf(session.pid).toSorted((a, b) => b.stateSeconds - a.stateSeconds))
      tell(next, depth + 1);
  };
  const roots = sessions.filter(({ blockedBy }) => !blockedBy.some((pid) => there.has(pid)));
  for (const root of roots.toSorted((a, b) => heldUp(b.pid) - heldUp(a.pid))) tell(root, 0);
  for (const rest of sessions.toSorted((a, b) => b.stateSeconds - a.stateSeconds)) tell(rest, 0);
  return nodes;
}

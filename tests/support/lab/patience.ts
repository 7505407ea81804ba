import { availableParallelism, loadavg } from 'node:os';

/** Seconds that somebody waits on a quiet machine, as they are on this one at this moment: up to four times as many under load. */
export const patient = (seconds: number): number =>
  seconds * Math.min(4, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));

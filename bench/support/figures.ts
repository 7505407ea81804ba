import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** One figure of a benchmark: what Elepherd takes, what its peer takes, and how they compare. */
export interface Figure {
  name: string;
  ours: number;
  /** The same thing done without Elepherd; left out where there is nothing to compare with but the bar. */
  peer?: number;
  unit: 's' | 'ms' | 'kB' | 'MB' | '% of a core' | 'requests/s' | 'hosts';
  /** The most that `ours / peer` may be. */
  barRatio?: number;
  /** The most that `ours` may be, whatever the peer takes. */
  bar?: number;
  [more: string]: unknown;
}

/** Prints a figure as one line of JSON, with the ratio, whether it keeps its bar, and how busy the machine was. */
export function print(figure: Figure): void {
  const { name, ours, peer, unit, bar, barRatio, ...more } = figure;
  const ratio = peer === undefined || peer === 0 ? undefined : ours / peer;
  const isKept = (bar === undefined || ours <= bar) && (barRatio === undefined || (ratio ?? 0) <= barRatio);
  const line = {
    name,
    ours: rounded(ours),
    ...(peer === undefined ? {} : { peer: rounded(peer) }),
    ...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
    unit,
    ...(bar === undefined ? {} : { bar }),
    ...(barRatio === undefined ? {} : { barRatio }),
    ...(bar === undefined && barRatio === undefined ? {} : { kept: isKept }),
    ...more,
    load: rounded(loadavg()[0] ?? 0),
    cores: cpus().length,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Says on standard error what a benchmark is at: standard output holds figures only. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Three digits that mean something. */
export function rounded(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

export const roundedAll = (values: readonly number[]): number[] => values.map(rounded);

/** The middle value; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which so many per cent lie, between neighbours in proportion. Refuses an empty list. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new Error('there is nothing to take a percentile of');
  const sorted = Float64Array.from(values).sort();
  const at = ((sorted.length - 1) * percent) / 100;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? 0;
  return low + (high - low) * (at - Math.floor(at));
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Processor seconds a process of this machine has used so far, its ended children not counted. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Megabytes of memory a process of this machine occupies. */
export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Lab } from './lab.ts';
import { labCodeFolder, nodeProgram } from './machine.ts';
import type { WriterTask } from './writer-client.ts';

/** Where an application writes: any of several hosts, whichever is the primary. */
export interface WriterTarget {
  hosts: readonly string[];
  port: number;
  user: string;
  password: string;
  database: string;
  tls?: boolean;
}

export interface WriterOptions {
  /** The machine of the lab whose network the writer is in; `client` unless told. */
  at?: string;
  everyMilliseconds?: number;
  patienceMilliseconds?: number;
}

export interface Acknowledgement {
  number: number;
  /** Milliseconds since the epoch. */
  at: number;
  host: string;
}

export interface Outage {
  /** When the last write before it was acknowledged, and the first after it. */
  from: number;
  to: number;
  seconds: number;
}

export interface WriterReport {
  acknowledged: readonly Acknowledgement[];
  failed: readonly { number: number; at: number; host: string; why: string }[];
  /** The longest time between two acknowledged writes. */
  longestOutage: Outage;
  /** Numbers that were acknowledged and are not on the primary at the end. */
  lost: readonly number[];
  /** Numbers that are on the primary although the writer was told they failed. */
  committedAlthoughFailed: readonly number[];
}

/** An application that writes one numbered row after another. */
export interface Writer {
  /** Every write acknowledged so far. */
  acknowledged: () => readonly Acknowledgement[];
  /** Waits until a write that began after this call is acknowledged. */
  nextAcknowledgement: (timeoutSeconds: number) => Promise<Acknowledgement>;
  /** Stops writing, without looking for losses. */
  stop: () => Promise<void>;
  /** Stops writing, looks (from the client) at the primary there is then, and tells what was lost. */
  finish: (reading?: { searchSeconds?: number; from?: WriterTarget }) => Promise<WriterReport>;
}

/**
 * Starts a writer in the network of the lab's client: one insert every 10 ms, each with a number of its own, into a table it makes.
 * Answers once the first is acknowledged; throws when none is within a minute.
 */
export async function startWriter(
  lab: Lab,
  target: WriterTarget,
  options: WriterOptions = {},
): Promise<Writer> {
  const at = options.at ?? 'client';
  const task = taskOf(lab, target, options);
  const child = lab.spawnAt(at, clientArgv('write', task), { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.stdout === null || child.stdin === null) throw new Error('the writer has no pipes');
  const { stdin } = child;
  stdin.on('error', () => undefined);
  const ended = once(child, 'exit');
  const acknowledged: Acknowledgement[] = [];
  const failed: { number: number; at: number; host: string; why: string }[] = [];
  const waiting = new Set<(ack: Acknowledgement) => void>();
  const lines = createInterface(child.stdout);
  const closed = once(lines, 'close');
  lines.on('line', (line) => {
    const said = JSON.parse(line) as {
      ack?: number;
      failed?: number;
      at: number;
      host: string;
      why?: string;
    };
    if (said.ack !== undefined) {
      const ack = { number: said.ack, at: said.at, host: said.host };
      acknowledged.push(ack);
      for (const wake of waiting) wake(ack);
    } else if (said.failed !== undefined) {
      failed.push({ number: said.failed, at: said.at, host: said.host, why: said.why ?? '' });
    }
  });

  const nextAcknowledgement = (timeoutSeconds: number): Promise<Acknowledgement> =>
    new Promise((resolve, reject) => {
      let seen = 0;
      const timer = setTimeout(() => {
        waiting.delete(wake);
        reject(new Error(`no write was acknowledged within ${String(timeoutSeconds)} s`));
      }, timeoutSeconds * 1000);
      const wake = (ack: Acknowledgement): void => {
        seen += 1;
        // The first may have been under way when we were called.
        if (seen < 2) return;
        clearTimeout(timer);
        waiting.delete(wake);
        resolve(ack);
      };
      waiting.add(wake);
    });
  const stop = async (): Promise<void> => {
    stdin.end();
    await Promise.all([ended, closed]);
  };
  const finish = async (
    reading: { searchSeconds?: number; from?: WriterTarget } = {},
  ): Promise<WriterReport> => {
    await stop();
    const searchSeconds = reading.searchSeconds ?? 60;
    const asking = { ...taskOf(lab, reading.from ?? target, {}), run: task.run, searchSeconds };
    const { stdout } = await lab.runAt('client', clientArgv('read', asking), {
      timeoutSeconds: searchSeconds + 30,
    });
    const { present } = JSON.parse(stdout) as { present: number[] };
    return reportOf(acknowledged, failed, present);
  };
  try {
    await nextAcknowledgement(60);
  } catch (error) {
    await stop();
    throw error;
  }
  return { acknowledged: () => acknowledged, nextAcknowledgement, stop, finish };
}

/** Waits until a host of the target answers a query as primary, and answers which and when (milliseconds since the epoch). */
export async function waitForPrimary(
  lab: Lab,
  target: WriterTarget,
  searchSeconds: number,
): Promise<{ primary: string; at: number }> {
  // A server that is being made has other things to do than to refuse us a hundred times a second.
  const argv = clientArgv('wait', { ...taskOf(lab, target, { everyMilliseconds: 100 }), searchSeconds });
  const { stdout } = await lab.runAt('client', argv, { timeoutSeconds: searchSeconds + 10 });
  const { primary, at } = JSON.parse(stdout) as { primary: string; at: number };
  const named = target.hosts.find((host) => lab.addressOf(host) === primary);
  return { primary: named ?? primary, at };
}

/** Compares what a writer was told with what the primary holds. */
export function reportOf(
  acknowledged: WriterReport['acknowledged'],
  failed: WriterReport['failed'],
  present: readonly number[],
): WriterReport {
  const held = new Set(present);
  return {
    acknowledged,
    failed,
    longestOutage: longestOutage(acknowledged),
    lost: acknowledged.filter((ack) => !held.has(ack.number)).map((ack) => ack.number),
    committedAlthoughFailed: failed
      .filter((failure) => held.has(failure.number))
      .map((failure) => failure.number),
  };
}

/** The longest time between two acknowledged writes that ended after `since`. */
export function longestOutage(acknowledged: readonly Acknowledgement[], since = 0): Outage {
  let longest: Outage = { from: 0, to: 0, seconds: 0 };
  acknowledged.forEach((ack, index) => {
    const before = acknowledged[index - 1];
    if (before === undefined || ack.at < since) return;
    const seconds = (ack.at - before.at) / 1000;
    if (seconds > longest.seconds) longest = { from: before.at, to: ack.at, seconds };
  });
  return longest;
}

function taskOf(lab: Lab, target: WriterTarget, options: WriterOptions): WriterTask {
  return {
    ...target,
    // The writer's process is one of this machine and knows no names of the lab.
    hosts: target.hosts.map((host) => (/^[\d.]+$/.test(host) ? host : lab.addressOf(host))),
    run: randomUUID(),
    everyMilliseconds: options.everyMilliseconds ?? 10,
    patienceMilliseconds: options.patienceMilliseconds ?? 2000,
    searchSeconds: 60,
  };
}

function clientArgv(kind: string, task: WriterTask): string[] {
  return [nodeProgram, join(labCodeFolder, 'writer-client.ts'), kind, JSON.stringify(task)];
}

import { createHash } from 'node:crypto';
import type { TaskInput, TaskKind } from '#src/fleet/contract/tasks.ts';

/** Heard by every server process when a host has new work; the payload is the host. */
export const taskChannel = 'elepherd_task';

/** What the sealed input of a task is bound to. */
export const sealContext = (taskId: string) => `fleet.task:${taskId}`;

/** The key of a task in the database: an operation's own, so that no other operation meets it. */
export const storedKey = (operationId: string | null, key: string) => `${operationId ?? 'ask'}:${key}`;

const secretName = /pass|secret|token|private|^body$|^content$|^variables$|^script$/i;

/** A task's input as a person may read it: long texts and whatever may hold a secret become their size and a short digest. */
export function summariseInput<K extends TaskKind>(input: TaskInput<K>): Record<string, unknown> {
  return summarise(input) as Record<string, unknown>;
}

function summarise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(summarise);
  if (typeof value === 'string' && value.length > 500) return digest(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      secretName.test(name) ? digest(part) : summarise(part),
    ]),
  );
}

/** Passwords are short, so even a digest would give them to somebody who guesses: sizes only, except for long texts. */
function digest(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  if (text.length < 200) return '…';
  return `… ${text.length} characters, ${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

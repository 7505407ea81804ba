import { z } from 'zod';
import { backupText } from '#src/fleet/contract/backups.text.ts';
import { BackupLabel, BackupType, type InfoBackup } from '#src/fleet/contract/backups.ts';
import type { TaskOutput } from '#src/fleet/contract/tasks.ts';
import { lastWords } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskHandler } from '../tasks/task-context.ts';
import { askBackRest, backRestComplaint } from './back-rest.ts';
import { walRanges } from './wal-ranges.ts';

const Lsn = z.object({ start: z.string().nullish(), stop: z.string().nullish() }).nullish();
/** What `pgbackrest info --output=json` says, as far as it is read here. */
const Info = z.array(
  z.object({
    name: z.string(),
    backup: z
      .array(
        z.object({
          label: BackupLabel,
          type: BackupType,
          prior: z.string().nullish(),
          error: z.boolean().nullish(),
          database: z.object({ id: z.number(), 'repo-key': z.number() }),
          timestamp: z.object({ start: z.number(), stop: z.number() }),
          archive: Lsn,
          lsn: Lsn,
          info: z.object({
            size: z.number(),
            delta: z.number(),
            repository: z.object({ delta: z.number().nullish(), size: z.number().nullish() }),
          }),
        }),
      )
      .default([]),
    db: z
      .array(
        z.object({
          id: z.number(),
          'repo-key': z.number(),
          'system-id': z.union([z.number(), z.string()]),
          version: z.string(),
        }),
      )
      .default([]),
    repo: z
      .array(
        z.object({
          key: z.number(),
          cipher: z.string().nullish(),
          status: z.object({ code: z.number(), message: z.string() }),
        }),
      )
      .default([]),
  }),
);
type Info = z.infer<typeof Info>;

const Listing = z.record(z.string(), z.object({ type: z.string(), time: z.number().optional() }));

/** `no valid backups`: not yet one, and all is well. */
const noBackups = 2;

/** What pgBackRest knows of a stanza in each of its repositories, and the WAL that is there. */
export const backupInfo: TaskHandler<'backup-info'> = async (input) => {
  const said = await askBackRest('info', [`--stanza=${input.stanza}`, '--output=json']);
  if (said.code !== 0)
    throw new TaskFailure(backupText.commandFailed('info', backRestComplaint(said.stdout + said.stderr)));
  const output = readInfo(said.stdout, input.stanza, input.repositories);
  for (const repository of output.repositories) {
    if (repository.problem !== null) continue;
    const listed = await askBackRest(
      'repo-ls',
      [`--stanza=${input.stanza}`, `--repo=${repository.key}`, '--recurse', '--output=json'],
      { operands: [`archive/${input.stanza}`] },
    );
    if (listed.code !== 0) {
      repository.problem = backRestComplaint(listed.stdout + listed.stderr) || lastWords(listed);
      continue;
    }
    const files = Object.entries(Listing.parse(JSON.parse(listed.stdout)));
    const ranges = walRanges(
      files.map(([path, { time }]) => [path, time ?? 0] as const),
      input.walSegmentBytes,
    );
    output.archive.push(...ranges.map((range) => ({ repositoryKey: repository.key, ...range })));
  }
  return output;
};

/** The answer of `info` in our words; system identifiers are read as texts, because JSON's numbers are too short for them. */
export function readInfo(
  text: string,
  stanza: string,
  repositories: readonly number[],
): TaskOutput<'backup-info'> {
  const exact = text.replace(/"system-id":(\d+)/g, '"system-id":"$1"');
  const found = Info.parse(JSON.parse(exact)).find((one) => one.name === stanza);
  return {
    repositories: repositories.map((key) => {
      const status = found?.repo.find((one) => one.key === key);
      const isWell = status && [0, noBackups].includes(status.status.code);
      return {
        key,
        cipher: status?.cipher ?? null,
        problem: isWell ? null : (status?.status.message.slice(0, 2000) ?? 'missing stanza path'),
      };
    }),
    databases: (found?.db ?? []).map((db) => ({
      repositoryKey: db['repo-key'],
      id: db.id,
      systemId: String(db['system-id']),
      version: db.version,
    })),
    backups: (found?.backup ?? []).map(readBackup),
    archive: [],
  };
}

function readBackup(one: Info[number]['backup'][number]): InfoBackup {
  return {
    label: one.label,
    type: one.type,
    prior: one.prior ?? null,
    repositoryKey: one.database['repo-key'],
    databaseId: one.database.id,
    startSeconds: one.timestamp.start,
    stopSeconds: one.timestamp.stop,
    lsnStart: one.lsn?.start ?? null,
    lsnStop: one.lsn?.stop ?? null,
    walStart: one.archive?.start ?? null,
    walStop: one.archive?.stop ?? null,
    databaseBytes: one.info.size,
    backupBytes: one.info.delta,
    repositoryBytes: one.info.repository.delta ?? 0,
    error: one.error === true,
  };
}

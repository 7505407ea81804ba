import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { backupText } from '#src/fleet/contract/backups.text.ts';
import { beginJob, endJob, forgetJob, jobLog, lookAtJob } from '../jobs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskHandler } from '../tasks/task-context.ts';
import { backRestArgv, backRestComplaint, backRestUser, gently } from './back-rest.ts';

const pollMs = 200;
/** One line of progress at most each so many percent. */
const progressStep = 10;

/**
 * Runs one command of pgBackRest in a process that outlives the agent, and follows it to its end. Called again for the same
 * task after a restart, it finds the command still under way, or how it ended.
 */
export const backupCommand: TaskHandler<'backup-command'> = async (input, { id, home, signal, say }) => {
  const { uid, gid, home: userHome } = backRestUser();
  const began = Date.now();
  await beginJob(
    home,
    id,
    {
      steps: [
        {
          argv: backupArgv(input),
          env: { HOME: userHome },
          as: { uid, gid },
          timeoutSeconds: input.timeoutSeconds,
        },
      ],
    },
    [process.execPath, process.argv[1]!],
  );
  let told = 0;
  let isStopped = false;
  for (;;) {
    const found = await lookAtJob(home, id);
    if (found.state !== 'running') {
      const log = await jobLog(home, id);
      await forgetJob(home, id);
      if (found.state === 'succeeded') return { seconds: (Date.now() - began) / 1000, log };
      if (found.state === 'cut-off') throw new TaskFailure(backupText.cutOff(input.command));
      throw new TaskFailure(backupText.commandFailed(input.command, backRestComplaint(log)));
    }
    if (signal.aborted && !isStopped) {
      isStopped = true;
      await endJob(home, id);
    }
    if (input.command === 'backup') {
      const percent = await percentDone(input.stanza);
      if (percent !== undefined && percent >= told + progressStep) {
        told = percent - (percent % progressStep);
        say(backupText.percentDone(told));
      }
    }
    await sleep(pollMs);
  }
};

type Input = Parameters<TaskHandler<'backup-command'>>[0];

/** The argument list of one command, which stands back when its policy says so. */
export const backupArgv = (input: Omit<Input, 'timeoutSeconds'>): string[] =>
  gently(input.gentle, backRestArgv(input.command, optionsOf(input)));

function optionsOf(input: Omit<Input, 'timeoutSeconds'>): string[] {
  const repository = input.repository ?? 1;
  return [
    `--stanza=${input.stanza}`,
    '--log-level-console=info',
    ...(input.repository === undefined ? [] : [`--repo=${input.repository}`]),
    ...(input.type === undefined ? [] : [`--type=${input.type}`]),
    ...(input.label === undefined ? [] : [`--set=${input.label}`]),
    ...(input.archiveFulls === undefined
      ? []
      : [
          `--repo${repository}-retention-archive-type=full`,
          `--repo${repository}-retention-archive=${input.archiveFulls}`,
        ]),
  ];
}

/** How far the running backup is, from pgBackRest's own lock file. */
async function percentDone(stanza: string): Promise<number | undefined> {
  try {
    const text = await readFile(`/tmp/pgbackrest/${stanza}-backup.lock`, 'utf8');
    const hundredths = /"percentComplete":(\d+)/.exec(text)?.[1];
    if (hundredths !== undefined) return Math.floor(Number(hundredths) / 100);
    const [done, all] = [/"sizeComplete":(\d+)/.exec(text)?.[1], /"size":(\d+)/.exec(text)?.[1]];
    return done !== undefined && all !== undefined && Number(all) > 0
      ? Math.floor((Number(done) / Number(all)) * 100)
      : undefined;
  } catch {
    return undefined;
  }
}

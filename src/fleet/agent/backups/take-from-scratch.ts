import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { beginJob, endJob, forgetJob, jobLog, lookAtJob } from '../jobs.ts';
import { findUser, run } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskHandler } from '../tasks/task-context.ts';

const socketDirectory = '/var/run/postgresql';

/**
 * Copies a database, or one table, from a scratch server into a database that it makes in the server beside it. One that exists
 * is refused; when anything fails, the new database goes again.
 */
export const takeFromScratch: TaskHandler<'take-from-scratch'> = async (input, { id, home, signal }) => {
  const { pgVersion, directory, port, toPort, database, table, into, timeoutSeconds } = input;
  const user = findUser('postgres');
  if (!user) throw new TaskFailure(agentText.noSuchUser('postgres'));
  const bin = `/usr/lib/postgresql/${pgVersion}/bin`;
  if (!existsSync(`${bin}/pg_dump`)) throw new TaskFailure(agentText.noServerBinary(`${bin}/pg_dump`));
  const as = { uid: user.uid, gid: user.gid };
  const file = `${directory}.taken`;
  const to = [`--host=${socketDirectory}`, `--port=${toPort}`];
  const step = (argv: string[], mayFail = false) => ({
    argv,
    as,
    env: { HOME: user.home, PGUSER: 'postgres' },
    timeoutSeconds,
    mayFail,
  });
  const began = Date.now();
  const made = `${file}.made`;
  const steps = [
    // template0 when all comes from the copy; a table alone comes into a database like any other of the cluster.
    step([`${bin}/createdb`, ...to, `--template=${table === null ? 'template0' : 'template1'}`, into]),
    step(['/usr/bin/touch', made]),
    ...(table === null || table.schema === 'public'
      ? []
      : [
          step([
            `${bin}/psql`,
            '--no-psqlrc',
            '--quiet',
            ...to,
            `--dbname=${into}`,
            `--command=create schema if not exists "${table.schema}"`,
          ]),
        ]),
    step([
      `${bin}/pg_dump`,
      `--host=${directory}`,
      `--port=${port}`,
      '--format=custom',
      '--compress=1',
      `--file=${file}`,
      ...(table === null ? [] : [`--table="${table.schema}"."${table.name}"`]),
      `--dbname=${database}`,
    ]),
    step([`${bin}/pg_restore`, ...to, '--exit-on-error', `--dbname=${into}`, file]),
  ];
  await beginJob(home, id, { steps }, [process.execPath, process.argv[1]!]);
  const tidy = () => run(['rm', '--force', file, made], { as });
  for (let isStopped = false; ; await sleep(200)) {
    const seen = await lookAtJob(home, id);
    if (seen.state === 'running') {
      if (signal.aborted && !isStopped) {
        isStopped = true;
        await endJob(home, id);
      }
      continue;
    }
    const seconds = (Date.now() - began) / 1000;
    const words = (await jobLog(home, id)).trim().split('\n').slice(-4).join('\n').slice(-2000);
    await forgetJob(home, id);
    if (seen.state === 'succeeded') {
      await tidy();
      return { ended: 'done', code: 0, words: '', seconds };
    }
    // Only one that this made: a database that was there before is somebody's.
    if (existsSync(made))
      await run([`${bin}/dropdb`, ...to, '--if-exists', '--force', into], {
        as,
        env: { HOME: user.home, PGUSER: 'postgres' },
        timeoutSeconds: 60,
      });
    await tidy();
    if (seen.state === 'cut-off') throw new TaskFailure(restoreText.cutOff);
    return { ended: 'refused', code: seen.code ?? null, words, seconds };
  }
};

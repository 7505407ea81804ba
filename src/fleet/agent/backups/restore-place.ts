import { lstat, realpath, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { lastWords, run } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import { findWorker, removeData } from '../tasks/remove-data.ts';
import type { TaskHandler } from '../tasks/task-context.ts';

/** Renames a data directory beside itself. What lies under the new name already stays, and is what an earlier try moved. */
export const moveData: TaskHandler<'move-data'> = async ({ from, to, replace }, context) => {
  if (dirname(from) !== dirname(to)) throw new TaskFailure(restoreText.notBeside(from, to));
  const there = await lstat(from).catch(() => undefined);
  if (!there) return { moved: false };
  if (await lstat(to).catch(() => undefined)) {
    if (!replace) return { moved: false };
    await removeData({ directory: to }, context);
  }
  if (!there.isDirectory()) throw new TaskFailure(agentText.isLink(from));
  const worker = findWorker(await realpath(from));
  if (worker !== undefined) throw new TaskFailure(agentText.dataInUse(from, worker));
  await rename(from, to);
  return { moved: true };
};

/** Everything Patroni keeps of a cluster in etcd but its configuration: a lead, a position or a list of synchronous members from before the restore would forbid the restored one to lead. */
const forgotten = [
  ['initialize'],
  ['leader'],
  ['status'],
  ['optime/', '--prefix'],
  ['sync'],
  ['history'],
  ['failover'],
  ['failsafe'],
  ['members/', '--prefix'],
] as const;

/** Removes those keys through the etcd of this host; asked again it finds none. */
export const forgetClusterState: TaskHandler<'forget-cluster-state'> = async ({ scope, clientPort }) => {
  const files = `/etc/etcd/${scope}`;
  let removed = 0;
  for (const [key, ...options] of forgotten) {
    const result = await run(
      [
        '/usr/bin/etcdctl',
        `--endpoints=https://127.0.0.1:${clientPort}`,
        `--cacert=${files}/ca.crt`,
        `--cert=${files}/server.crt`,
        `--key=${files}/server.key`,
        '--dial-timeout=2s',
        '--command-timeout=10s',
        'del',
        ...options,
        `/elepherd/${scope}/${key}`,
      ],
      { env: { ETCDCTL_API: '3' }, timeoutSeconds: 15 },
    );
    if (result.code !== 0) throw new TaskFailure(agentText.etcdFailed(lastWords(result, 1)));
    removed += Number(result.stdout.trim()) || 0;
  }
  return { removed };
};

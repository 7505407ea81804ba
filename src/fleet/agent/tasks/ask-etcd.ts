import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import type { TaskOutput } from '#src/fleet/contract/tasks.ts';
import { lastWords, run } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskHandler } from './task-context.ts';

// etcd's ids do not fit a JavaScript number, so they are read as text before JSON.parse rounds them.
const Members = z.object({
  members: z.array(
    z.object({ ID: z.string(), name: z.string().default(''), peerURLs: z.array(z.string()).default([]) }),
  ),
});

/** One question to, or one change through, the etcd member on this host, with the certificate from `/etc/etcd/<name>/`. */
export const askEtcd: TaskHandler<'ask-etcd'> = async (input, { services, signal }) => {
  const directory = `/etc/etcd/${input.name}`;
  const etcdctl = (...args: string[]) =>
    run(
      [
        '/usr/bin/etcdctl',
        `--endpoints=https://127.0.0.1:${input.clientPort}`,
        `--cacert=${directory}/ca.crt`,
        `--cert=${directory}/server.crt`,
        `--key=${directory}/server.key`,
        '--dial-timeout=2s',
        '--command-timeout=5s',
        ...args,
      ],
      { env: { ETCDCTL_API: '3' }, timeoutSeconds: 10 },
    );
  const list = async (): Promise<TaskOutput<'ask-etcd'>['members']> => {
    const result = await etcdctl('member', 'list', '--write-out=json');
    if (result.code !== 0) throw new TaskFailure(agentText.etcdFailed(lastWords(result, 1)));
    return parseMembers(result.stdout);
  };
  const change = async (...args: string[]) => {
    const result = await etcdctl(...args);
    if (result.code !== 0) throw new TaskFailure(agentText.etcdFailed(lastWords(result, 1)));
  };
  switch (input.command) {
    case 'health': {
      const until = Date.now() + input.timeoutSeconds * 1000;
      for (;;) {
        const trouble = await findTrouble(directory, input.clientPort);
        if (trouble === undefined) return { ok: true, members: [] };
        if (Date.now() > until) {
          const words = await services.lastWords(`etcd-${input.name}`, 5);
          throw new TaskFailure(agentText.etcdSilent(input.name, trouble, words.join(' / ').slice(-800)));
        }
        await sleep(50, undefined, { signal });
      }
    }
    case 'list-members':
      break;
    case 'add-member': {
      // Doing it twice must not make two members of one.
      const there = (await list()).some((m) => m.peerUrl === input.peerUrl);
      if (!there) await change('member', 'add', input.memberName ?? '', `--peer-urls=${input.peerUrl ?? ''}`);
      break;
    }
    case 'remove-member': {
      const there = (await list()).find(
        (m) => m.id === input.memberId || (input.memberId === undefined && m.name === input.memberName),
      );
      if (there) await change('member', 'remove', there.id);
      break;
    }
    case 'move-leader':
      await change('move-leader', input.memberId ?? '');
      break;
  }
  return { ok: true, members: await list() };
};

/** Why the member does not answer as healthy; undefined when it does. Asked directly: etcdctl waits a second after a refused connection. */
async function findTrouble(directory: string, port: number): Promise<string | undefined> {
  try {
    const [ca, cert, key] = await Promise.all(
      ['ca.crt', 'server.crt', 'server.key'].map((name) => readFile(join(directory, name))),
    );
    const asking = request({
      host: '127.0.0.1',
      port,
      path: '/health',
      agent: false,
      timeout: 5000,
      ca,
      cert,
      key,
    });
    asking.on('timeout', () => asking.destroy(new Error('no answer within 5 s')));
    asking.end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    const body = await text(answer);
    return answer.statusCode === 200 && /"health":\s*"?true/.test(body) ? undefined : body.slice(0, 200);
  } catch (error) {
    return (error as Error).message;
  }
}

/** etcdctl's JSON list; ids come as decimal numbers and leave as the hexadecimal that its commands take. */
export function parseMembers(json: string): TaskOutput<'ask-etcd'>['members'] {
  const exact = json.replaceAll(/"(ID|member_id|cluster_id|raft_term)":\s*(\d+)/g, '"$1":"$2"');
  return Members.parse(JSON.parse(exact)).members.map((m) => ({
    id: BigInt(m.ID).toString(16),
    name: m.name,
    peerUrl: m.peerURLs[0] ?? '',
  }));
}

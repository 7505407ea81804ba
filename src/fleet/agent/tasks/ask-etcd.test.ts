import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import { AgentHome } from '../home.ts';
import { Services } from '../services/services.ts';
import { hasSystemd } from '../services/systemd-keeper.ts';
import { askEtcd } from './ask-etcd.ts';
import type { TaskContext } from './task-context.ts';

test.skipIf(hasSystemd())('an etcd that does not answer is named with the last it said', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'elepherd-etcd-'));
  const logFolder = join(folder, 'log');
  await mkdir(logFolder);
  const home = new AgentHome(folder);
  await home.prepare();
  const services = await Services.open(home, { logFolder, log: () => {} });
  try {
    await writeFile(join(logFolder, 'etcd-orders.log'), 'begins\nmember count is unequal\n');
    const clientPort = await freePort('127.0.0.1');
    const asked = askEtcd({ name: 'orders', clientPort, command: 'health', timeoutSeconds: 1 }, {
      services,
      signal: new AbortController().signal,
    } as TaskContext);
    await expect(asked).rejects.toThrow(
      /etcd orders on the host does not answer: .+ last words: begins \/ member count is unequal\./,
    );
  } finally {
    services.close();
    await rm(folder, { recursive: true });
  }
});

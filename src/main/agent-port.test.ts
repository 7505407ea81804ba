import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AgentHome } from '#src/fleet/agent/home.ts';
import { enrol } from '#src/fleet/agent/install.ts';
import { askHost } from '#src/fleet/server/tasks/ask-host.ts';
import { newEnrolment, openAgentPort, startAgent, untilOnline, eventually } from '#tests/support/agent-port.ts';
import { database, testContext } from '#tests/support/context.ts';

const { url, bundle } = await openAgentPort();
const ctx = await testContext({ may: ['*'] });

async function enrolled(hostName?: string) {
  const { token, keyPin, id } = await newEnrolment(ctx, hostName === undefined ? {} : { hostName });
  const folder = await mkdtemp(join(tmpdir(), 'elepherd-agent-'));
  const home = new AgentHome(folder);
  await enrol(home, { url, keyPin, token });
  const { hostId } = (await home.findMembership())!;
  return { folder, home, hostId, token, keyPin, enrolmentId: id };
}

test('a machine enrols, is heard, takes a task at once and reports it', async () => {
  const { folder, hostId } = await enrolled('first-host');
  const agent = await startAgent(bundle, ['run'], folder);
  const host = await untilOnline(ctx, hostId);
  console.log(JSON.stringify(host.facts), agent.said());
  expect(host.name).toBe('first-host');
  expect(host.facts?.memoryBytes).toBeGreaterThan(1e8);
  expect(host.agentUpToDate).toBe(true);

  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const began = performance.now();
    const answer = await askHost(database.db, { hostId, kind: 'remove-data', input: { directory: '/var/lib/elepherd/never-was' } });
    times.push(performance.now() - began);
    expect(answer).toEqual({ removed: false });
  }
  console.log(times);
  console.log((await readFile(`/proc/${agent.process.pid}/status`, 'utf8')).match(/VmRSS.*/)?.[0]);
});

/**
 * node scripts/lab-hosts.ts N: what `npm start -- --lab N` does once Elepherd is ready. Boots N small Debian machines here and enrols each
 * by the same pasted command as any host. They stay when Elepherd stops, as real hosts would; N = 0 removes them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Host, NewEnrolment } from '#src/fleet/contract/hosts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { setupText } from '#src/platform/contract/setup.text.ts';
import { complain, say } from '#src/platform/server/setup/terminal.ts';
import { createLab, type Lab, openLab } from '#tests/support/lab/lab.ts';
import { LabUnavailable } from '#tests/support/lab/machine.ts';
import { findLab } from '#tests/support/lab/state.ts';
import { ask, local } from './local-api.ts';

const labName = 'start';
const onlineSeconds = 60;

const here = local.parse(process.env);
const wished = Number(process.argv[2]);
const names = Array.from({ length: wished }, (_, at) => `lab-${at + 1}`);

try {
  await main();
} catch (error) {
  const why = error instanceof LabUnavailable ? error.message : ((error as Error).stack ?? String(error));
  complain(setupText.labFailed(why));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const there = await findLab(labName);
  if (wished === 0) {
    await (await openLabIfAny())?.destroy();
    if (there !== undefined) say(setupText.labGone);
    return;
  }
  const lab = (await keepLab()) ?? (await bootLab());
  for (const { name } of lab.hosts) await enrol(lab, name);
  say(setupText.labReady(lab.hosts.map((host) => host.name).join(', ')));
}

async function openLabIfAny(): Promise<Lab | undefined> {
  return (await findLab(labName)) === undefined ? undefined : openLab(labName);
}

/** The lab of an earlier start, if it has the hosts wished for and all of them are hosts of this Elepherd. */
async function keepLab(): Promise<Lab | undefined> {
  const lab = await openLabIfAny();
  if (lab === undefined) return undefined;
  const known = new Set((await listHosts()).map((host) => host.name));
  const isWhole = lab.hosts.length === names.length && lab.hosts.every((host) => known.has(host.name));
  const isOn = (await Promise.all(lab.hosts.map((host) => host.isOn()))).every(Boolean);
  if (isWhole && isOn) {
    await lab.expose(here.agentPort, here.agentPort);
    return lab;
  }
  await lab.destroy();
  return undefined;
}

async function bootLab(): Promise<Lab> {
  say(setupText.labBoots(wished));
  const log = (line: string): void => void process.stdout.write(`  ${line}\n`);
  return createLab({
    name: labName,
    hosts: names,
    keep: true,
    log,
    expose: { [here.agentPort]: here.agentPort },
  });
}

/** Brings one machine in, unless its agent is there already; one that was a host before comes back as itself. */
async function enrol(lab: Lab, name: string): Promise<void> {
  const before = (await listHosts()).find((host) => host.name === name);
  const isEnrolled =
    (await lab.host(name).run(['pgrep', '--full', 'elepherd'], { mayFail: true })).exitCode === 0;
  if (!isEnrolled) {
    const serverUrl = `https://elepherd:${here.agentPort}`;
    const wish = before === undefined ? { hostName: name, serverUrl } : { hostId: before.id, serverUrl };
    const { command } = await ask(here, 'POST', '/api/fleet/enrolments', NewEnrolment, wish);
    await lab.host(name).run(['bash', '-c', command], { timeoutSeconds: 180 });
  }
  for (let waited = 0; waited < onlineSeconds; waited += 1) {
    // Online, and described: before its agent has said what it is, no cluster can be put there.
    if ((await listHosts()).some((host) => host.name === name && host.online && host.facts !== null))
      return say(setupText.labHostOnline(name));
    await sleep(1000);
  }
  throw new LabUnavailable(`The lab host ${name} did not come online within ${onlineSeconds} s.`);
}

async function listHosts(): Promise<Host[]> {
  return (await ask(here, 'GET', '/api/fleet/hosts?limit=200', page(Host))).items;
}

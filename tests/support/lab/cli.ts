/**
 * The lab by hand:
 *   node tests/support/lab/cli.ts up 3         three hosts that stay until `down`
 *   node tests/support/lab/cli.ts status
 *   node tests/support/lab/cli.ts shell h1     a root shell on a host
 *   node tests/support/lab/cli.ts down
 * --name NAME chooses among labs (default: hand); `up` also takes --expose PORT, a port of this machine's loopback that hosts reach as
 * elepherd:PORT (default 7433 and 7434).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createLab, openLab } from './lab.ts';
import { LabUnavailable, whyNoLab } from './machine.ts';
import { ensureRootImage } from './root-image.ts';
import { isOwned, listLabs } from './state.ts';
import { sweepDeadLabs, sweepLab } from './sweep.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string', default: 'hand' },
    expose: { type: 'string', multiple: true, default: ['7433', '7434'] },
  },
});
const [verb, argument] = positionals;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const verbs: Record<string, () => Promise<void>> = {
  image: async () => say(await ensureRootImage(say)),
  up: async () => {
    const hosts = Number(argument ?? '3');
    if (!Number.isInteger(hosts) || hosts < 1 || hosts > 200)
      throw new LabUnavailable('up takes a number of hosts, from 1 to 200.');
    const expose = Object.fromEntries(values.expose.map((port) => [Number(port), Number(port)]));
    const lab = await createLab({ name: values.name, hosts, keep: true, log: say, expose });
    for (const host of lab.hosts) say(`${host.name}  ${host.ip}`);
    say(`elepherd  ${lab.addressOf('elepherd')}  ports ${values.expose.join(', ')} lead to 127.0.0.1 here`);
  },
  status: async () => {
    await sweepDeadLabs(say);
    const labs = await listLabs();
    if (labs.length === 0) say('no lab is up');
    for (const state of labs) {
      const owner =
        state.owner === null
          ? 'stays until taken down'
          : `of process ${String(state.owner.pid)}${isOwned(state) ? '' : ' (gone)'}`;
      say(`${state.network.name}  ${owner}, since ${state.startedAt}`);
      for (const host of (await openLab(state.network.name)).hosts) {
        const said = (await host.isOn())
          ? (await host.run(['systemctl', 'is-system-running'], { mayFail: true })).stdout.trim()
          : 'off';
        say(`  ${host.name}  ${host.ip}  ${said}`);
      }
    }
  },
  shell: async () => {
    const host = (await openLab(values.name)).host(argument ?? 'h1');
    const [file = '', ...args] = await host.argvInside(['bash', '--login'], {
      env: { TERM: process.env['TERM'] ?? 'dumb' },
    });
    const [code] = (await once(spawn(file, args, { stdio: 'inherit' }), 'exit')) as [number | null];
    process.exitCode = code ?? 1;
  },
  down: async () => {
    await sweepLab(values.name);
    say(`lab ${values.name} is gone`);
  },
};

const run = verbs[verb ?? ''];
const why = whyNoLab();
if (run === undefined) {
  say('usage: cli.ts up [HOSTS] | status | shell [HOST] | down | image   [--name NAME] [--expose PORT]…');
  process.exitCode = 2;
} else if (why !== undefined) {
  say(why);
  process.exitCode = 1;
} else {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    say(error instanceof LabUnavailable ? error.message : (error.stack ?? error.message));
    process.exitCode = 1;
  }
}

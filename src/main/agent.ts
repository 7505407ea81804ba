import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { AgentHome } from '#src/fleet/agent/home.ts';
import { install, InstallProblem, status } from '#src/fleet/agent/install.ts';
import { runJob } from '#src/fleet/agent/jobs.ts';
import { enrolLocally, prepareLocal } from '#src/fleet/agent/local.ts';
import { runAgent } from '#src/fleet/agent/run-agent.ts';
import { localAgentFolder, localEnrolmentFile } from '#src/fleet/contract/local-enrolment.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

/** Ends for good: neither systemd nor the launcher starts it again. */
const leftExitCode = 78;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    home: { type: 'string' },
    server: { type: 'string', default: '' },
    pin: { type: 'string', default: '' },
    id: { type: 'string', default: '' },
  },
});
// The launcher starts a link; the file it leads to is named after its version.
const program = realpathSync(process.argv[1] ?? '');
const inChinese = (
  process.env['LC_ALL'] ||
  process.env['LC_MESSAGES'] ||
  process.env['LANG'] ||
  ''
).startsWith('zh');
const say = (said: Text) => process.stdout.write(`${inChinese ? said['zh-CN'] : said.en}\n`);
const log = (message: string) => process.stderr.write(`${new Date().toISOString()} ${message}\n`);

process.exitCode = await main(positionals[0] ?? 'local');
// Reports that wait for a server that is away would keep the process; the next one sends them.
process.exit();

async function main(command: string): Promise<number> {
  const home = new AgentHome(values.home ?? process.env['ELEPHERD_AGENT_HOME'] ?? '/var/lib/elepherd-agent');
  try {
    switch (command) {
      case 'run':
        return await live(home);
      case 'install':
        await install(
          home,
          { url: values.server, keyPin: values.pin, token: (await text(process.stdin)).trim() },
          program,
          say,
        );
        return 0;
      case 'status':
        return (await status(home, values.server, say)) ? 0 : 1;
      case 'job':
        return await runJob(home, values.id);
      case 'local':
        return await liveLocally();
      default:
        process.stderr.write(`unknown command ${command}\n`);
        return 2;
    }
  } catch (error) {
    if (!(error instanceof InstallProblem)) throw error;
    process.stderr.write(`${inChinese ? error.text['zh-CN'] : error.text.en}\n`);
    return 1;
  }
}

async function live(home: AgentHome): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  const end = await runAgent({ home, program, logFolder: '/var/log/elepherd', log, signal: stop.signal });
  return end === 'left' ? leftExitCode : 0;
}

/**
 * The agent of the machine that `npm start` runs on: enrols with the token the server leaves in the home, once, then becomes
 * the bundled agent under its launcher, as on any other host. From the sources it runs only while they are being worked on.
 */
async function liveLocally(): Promise<number> {
  const elepherdHome = process.env['ELEPHERD_HOME'];
  if (!elepherdHome) throw new Error('ELEPHERD_HOME is not set: npm start sets it.');
  const home = new AgentHome(process.env['ELEPHERD_AGENT_HOME'] ?? join(elepherdHome, localAgentFolder));
  await enrolLocally(home, join(elepherdHome, localEnrolmentFile), log);
  if (process.env['NODE_ENV'] === 'development' || typeof process.execve !== 'function') return live(home);
  await prepareLocal(home, process.execPath);
  process.execve('/bin/sh', ['/bin/sh', home.path('launch')], { ...process.env } as Record<string, string>);
  return 1;
}

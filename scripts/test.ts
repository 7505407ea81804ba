/**
 * Everything CI runs: check, unit, lab, journeys, in that order; the last line is the sum.
 *
 *   npm test
 *   npm test -- --only unit --only journeys        these parts
 *   npm test -- --only unit src/fleet              test files whose path contains this
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { debianPackages, ensureDebianPackages } from '#src/platform/server/setup/debian-packages.ts';
import { SetupProblem } from '#src/platform/server/setup/setup-problem.ts';
import { say } from '#src/platform/server/setup/terminal.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import { LabUnavailable, prepareMachine, whyNoLab } from '#tests/support/lab/machine.ts';
import { type Outcome, readReport, sumLine } from './test-report.ts';

const root = join(import.meta.dirname, '..');

/** One part of the whole: `prepare` answers why it cannot run here, in one sentence, or nothing. */
interface Part {
  name: string;
  prepare?: () => Promise<string | undefined>;
  run: (filters: string[]) => Promise<Outcome>;
}

const parts: Part[] = [
  { name: 'check', run: check },
  { name: 'unit', prepare: prepareUnit, run: (filters) => vitest('unit', filters) },
  { name: 'lab', prepare: prepareLab, run: (filters) => vitest('lab', filters) },
  { name: 'journeys', prepare: prepareJourneys, run: (filters) => vitest('journeys', filters) },
];

async function check(): Promise<Outcome> {
  const code = await node([join(root, 'scripts/check.ts')]);
  return code === 0 ? outcome({ passed: 1 }) : outcome({ failed: 1, failures: ['npm run check'] });
}

async function vitest(project: string, filters: string[]): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'elepherd-report-'));
  const file = join(folder, 'report.json');
  try {
    const errorsFile = join(folder, 'errors');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    reporters.push(`--reporter=${join(root, 'scripts/test-errors.ts')}`);
    const flags = ['run', '--project', project, '--passWithNoTests', ...reporters, ...filters];
    const env = { ELEPHERD_TEST_ERRORS: errorsFile };
    const code = await node([join(root, 'node_modules/vitest/vitest.mjs'), ...flags], env);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    const errors = (await readFile(errorsFile, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    return readReport(project, text, code, { errors, shorten: (path) => relative(root, path) });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is missing here skips its own tests, which say so. */
async function prepareUnit(): Promise<string | undefined> {
  await ensureDebianPackages(
    debianPackages.filter(({ name }) => name === 'victoria-metrics' || name === 'openssh-server'),
    say,
  );
  return undefined;
}

async function prepareLab(): Promise<string | undefined> {
  const why = whyNoLab();
  if (why !== undefined) return why;
  try {
    await prepareMachine((line) => console.log(line));
    await ensureDebianPackages(
      debianPackages.filter(({ name }) =>
        ['openssh-server', 'python3-psycopg', 'libpostgresql-jdbc-java'].includes(name),
      ),
      say,
    );
    return undefined;
  } catch (error) {
    if (error instanceof LabUnavailable) return error.message;
    throw error;
  }
}

async function prepareJourneys(): Promise<string | undefined> {
  const missing = await ensureDebianPackages(
    debianPackages.filter((wanted) => wanted.neededFor === 'tests'),
    say,
  );
  if (missing.some((wanted) => wanted.name === 'chromium'))
    return 'Chromium is missing: apt-get install chromium';
  if (existsSync(join(root, 'react-router.config.ts'))) await ensureWebBuild(say);
  return undefined;
}

let running: ReturnType<typeof spawn> | undefined;
let wasInterrupted = false;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    wasInterrupted = true;
    running?.kill(name);
  });
}

/** Runs a program of this project to its end, seen by the person at the terminal; answers its exit code. */
function node(args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve) => {
    running = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    running.on('error', () => resolve(1));
    running.on('exit', (code) => resolve(code ?? 1));
  });
}

function outcome(some: Partial<Outcome>): Outcome {
  return { passed: 0, failed: 0, skipped: 0, failures: [], ...some };
}

async function runPart(part: Part, filters: string[]): Promise<Outcome> {
  try {
    const why = await part.prepare?.();
    if (why === undefined) return await part.run(filters);
    console.log(`Skipped: ${part.name}. ${why}`);
    return outcome({ skipped: 1 });
  } catch (error) {
    console.error(error instanceof SetupProblem ? error.message : error);
    return outcome({ failed: 1, failures: [`${part.name}: it could not be prepared`] });
  }
}

async function main(): Promise<number> {
  const names = z.enum(['check', 'unit', 'lab', 'journeys']);
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string', multiple: true, default: [] } },
  });
  const only = z.array(names).safeParse(values.only);
  if (!only.success) {
    console.error(`--only takes ${names.options.join(', ')}; not ${values.only.join(', ')}`);
    return 2;
  }
  const chosen = parts.filter(
    (part) => only.data.length === 0 || only.data.some((name) => name === part.name),
  );
  const outcomes: Outcome[] = [];
  const times: string[] = [];
  for (const part of chosen) {
    if (wasInterrupted) break;
    console.log(`\n── ${part.name} ──`);
    const started = Date.now();
    outcomes.push(await runPart(part, positionals));
    times.push(`${part.name} ${Math.round((Date.now() - started) / 1000)} s`);
  }
  const failures = outcomes.flatMap((one) => one.failures);
  console.log(`\n${times.join(', ')}`);
  if (failures.length > 0) console.log(`Failed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
  console.log(sumLine(outcomes));
  if (wasInterrupted) return 130;
  return outcomes.some((one) => one.failed > 0) ? 1 : 0;
}

process.exitCode = await main();

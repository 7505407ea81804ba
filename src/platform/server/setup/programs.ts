import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Text } from '../../contract/i18n.ts';
import { setupText } from '../../contract/setup.text.ts';
import { endAll, findProcess, isAlive, type ProcessIdentity } from './processes.ts';
import type { SystemUser } from './system-user.ts';

/** One long-running program of Elepherd. */
export interface Program {
  name: string;
  /** The program file; Node itself when left out. */
  file?: string;
  /** Arguments; of Node: its options, the file, the program's own arguments. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Whose rights it gets; those of this process when left out. */
  as?: SystemUser;
}

export interface ProgramsOptions {
  /** Messages go to `<folder>/<name>.log`; errors to `log` as well. */
  logFolder: string;
  log: (line: Text) => void;
  /** Called whenever the set of processes changes. */
  onChange: (running: (ProcessIdentity & { name: string })[]) => void;
}

const smallSteps = ['--max-semi-space-size=16', '--heap-growing-percent=30'];

/**
 * How Node runs each program. Small young generations and two arenas of the C library's memory hold server and worker together
 * below 500 MB with a hundred hosts and people reading pages (`npm run bench -- server-memory`); Node's own ways take more. Heaps grow
 * in small steps, but for the server's: its answers would pause too often (`npm run bench -- wishes`). No limit would end a large one.
 */
export const frugalNode = {
  flags: {
    server: ['--max-semi-space-size=16', '--heap-growing-percent=70'],
    worker: smallSteps,
    agent: smallSteps,
  },
  env: { MALLOC_ARENA_MAX: '2' },
} as const;

/** The exit code by which a program says that it has nothing left to do here: an agent whose host was removed. */
const doneForGood = 78;

const longestPauseSeconds = 30;
/** A program that ran this long before it ended is started again without the pauses it earned earlier. */
const steadySeconds = 60;
const largestLogBytes = 10 * 1024 ** 2;

/** Keeps programs running: one that ends is started again after a pause that doubles up to 30 seconds. */
export class Programs {
  readonly #options: ProgramsOptions;
  readonly #running = new Map<string, ProcessIdentity>();
  readonly #lastErrors = new Map<string, string>();
  readonly #pauses = new Map<string, NodeJS.Timeout>();
  #isStopping = false;

  constructor(options: ProgramsOptions) {
    this.#options = options;
  }

  /** Starts a program and keeps it running until `stop`. */
  start(program: Program): void {
    this.#start(program, 1);
  }

  /** True while a program is up, not between two lives. */
  isUp(name: string): boolean {
    const identity = this.#running.get(name);
    return identity !== undefined && isAlive(identity);
  }

  /** Why a program ended or complained last, for the sentence of a failed start. */
  lastError(name: string): string | undefined {
    return this.#lastErrors.get(name);
  }

  /** Ends all programs, ten seconds to finish what they do. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const pause of this.#pauses.values()) clearTimeout(pause);
    await endAll([...this.#running.values()]);
  }

  #start(program: Program, pauseSeconds: number): void {
    const startedAt = Date.now();
    const log = openLog(join(this.#options.logFolder, `${program.name}.log`));
    // A group of its own: Ctrl-C reaches only the starter, which ends everything in order.
    const child = spawn(program.file ?? process.execPath, [...program.args], {
      env: program.env,
      ...program.as,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const identity = findProcess(child.pid ?? 0);
    if (identity !== undefined) this.#running.set(program.name, identity);
    this.#changed();
    let lastWords = '';
    forward(child, log, (line) => {
      lastWords = line;
      this.#lastErrors.set(program.name, line);
      this.#options.log(setupText.programSays(program.name, line));
    });
    let isOver = false;
    const over = (how: string, isDone = false): void => {
      if (isOver) return;
      isOver = true;
      log.end();
      this.#running.delete(program.name);
      this.#changed();
      if (this.#isStopping || isDone) return;
      const isSteady = Date.now() - startedAt > steadySeconds * 1000;
      const pause = isSteady ? 1 : pauseSeconds;
      if (lastWords === '') this.#lastErrors.set(program.name, how);
      this.#options.log(setupText.programEnded(program.name, lastWords || how, pause));
      const next = Math.min(pause * 2, longestPauseSeconds);
      this.#pauses.set(
        program.name,
        setTimeout(() => this.#start(program, next), pause * 1000),
      );
    };
    child.on('error', (error) => over(error.message));
    child.on('close', (code, signal) => over(signal ?? `exit code ${code}`, code === doneForGood));
  }

  #changed(): void {
    if (this.#isStopping) return;
    this.#options.onChange([...this.#running].map(([name, identity]) => ({ name, ...identity })));
  }
}

/** Writes all that a program says to its log, and hands on what a person at the terminal should see. */
function forward(child: ChildProcess, log: WriteStream, onError: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      if (!log.writableEnded) log.write(`${line}\n`);
      const shown = stream === child.stderr ? plainError(line) : structuredError(line);
      if (shown !== undefined) onError(shown.slice(0, 500));
    });
  }
}

/** The message of a JSON log line of level error or above. */
function structuredError(line: string): string | undefined {
  if (!line.startsWith('{') || !/"level":[56]0/.test(line)) return undefined;
  try {
    const { msg, err, error } = JSON.parse(line) as {
      msg?: string;
      err?: { message?: string };
      error?: unknown;
    };
    const cause = err?.message ?? (typeof error === 'string' ? error : undefined);
    return [msg, cause].filter(Boolean).join(': ');
  } catch {
    return undefined;
  }
}

/** A line of stderr worth showing: source excerpts, stack frames, braces and a program's own dated log stay in the log. */
function plainError(line: string): string | undefined {
  return /^[\s{}^]|^$|^Node\.js v|^(node|file):|^\d{4}-\d\d-\d\dT|^\(Use `node|Warning: /.test(line)
    ? undefined
    : line;
}

function openLog(file: string): WriteStream {
  if (existsSync(file) && statSync(file).size > largestLogBytes) renameSync(file, `${file}.1`);
  return createWriteStream(file, { flags: 'a', mode: 0o640 });
}

import { spawn } from 'node:child_process';

export interface CommandOptions {
  input?: string | Uint8Array;
  timeoutSeconds?: number;
  env?: Record<string, string>;
  cwd?: string;
  /** Called for each whole line of either stream while the command runs. */
  onLine?: (line: string) => void;
  /** When true a non-zero exit is an answer, not an error. */
  mayFail?: boolean;
}

export interface CommandResult {
  stdout: string;
  stderr: string;
  /** 128 + the signal's number is not used: a killed command has exitCode -1. */
  exitCode: number;
}

/** A command that ended badly: its message names the command, its exit and the end of what it said. */
export class CommandError extends Error {
  readonly result: CommandResult;
  constructor(message: string, result: CommandResult) {
    super(message);
    this.name = 'CommandError';
    this.result = result;
  }
}

/**
 * Runs one program by an argument list and answers what it said.
 * Throws a CommandError on a non-zero exit (unless mayFail) and always on a timeout; the whole process group is killed then.
 */
export function command(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [file, ...args] = argv;
  if (file === undefined) throw new Error('command() needs at least the name of a program');
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      cwd: options.cwd,
      env: options.env ?? process.env,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const lines = lineReader(options.onLine);
    child.stdout.on('data', (chunk: Buffer) => {
      out.push(chunk);
      lines(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err.push(chunk);
      lines(chunk);
    });
    let timedOut = false;
    const timer =
      options.timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            killGroup(child.pid);
          }, options.timeoutSeconds * 1000);
    child.on('error', (error) => {
      clearTimeout(timer);
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      const why = missing ? `${file} is not installed (or the working directory is missing)` : error.message;
      reject(new CommandError(why, { stdout: '', stderr: '', exitCode: -1 }));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const result = { stdout: text(out), stderr: text(err), exitCode: code ?? -1 };
      if (timedOut) {
        const why = `${shown(argv)} took longer than ${String(options.timeoutSeconds)} s; it said: ${tail(result)}`;
        reject(new CommandError(why, result));
      } else if (result.exitCode !== 0 && options.mayFail !== true) {
        reject(
          new CommandError(`${shown(argv)} ended with ${String(result.exitCode)}: ${tail(result)}`, result),
        );
      } else {
        resolve(result);
      }
    });
    // A program that ends before it has read its input is judged by its exit, not by the broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the same moment.
  }
}

function lineReader(onLine: ((line: string) => void) | undefined): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    if (onLine === undefined) return;
    const parts = (rest + chunk.toString('utf8')).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) onLine(line);
  };
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function shown(argv: readonly string[]): string {
  const whole = argv.join(' ');
  return whole.length > 160 ? `${whole.slice(0, 160)}…` : whole;
}

function tail(result: CommandResult): string {
  const said = `${result.stdout}\n${result.stderr}`.trim();
  return said === '' ? 'nothing' : said.slice(-1500);
}

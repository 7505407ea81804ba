import { existsSync } from 'node:fs';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { findUser, run, type RunResult, type SystemUser } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';

const program = '/usr/bin/pgbackrest';

/** The program and the user it runs as; fails when its package is not there. */
export function backRestUser(): SystemUser {
  const user = findUser('postgres');
  if (!existsSync(program)) throw new TaskFailure(agentText.noSuchProgram(program));
  if (!user) throw new TaskFailure(agentText.noSuchUser('postgres'));
  return user;
}

/** The argument list of one command on a stanza. */
export const backRestArgv = (command: string, options: readonly string[]): string[] => [
  program,
  ...options,
  command,
];

/** A program as it is told to stand back: the disk when nobody else wants it, the processor last of all. */
export const gently = (isGentle: boolean, argv: readonly string[]): string[] =>
  isGentle ? ['/usr/bin/nice', '-n', '15', '/usr/bin/ionice', '-c', '3', ...argv] : [...argv];

/** A repository that is gone is told in less than a minute. */
const quickly = ['--io-timeout=5'];

/** Runs a command that only looks, as postgres. */
export function askBackRest(
  command: string,
  options: readonly string[],
  { timeoutSeconds = 120, operands = [] }: { timeoutSeconds?: number; operands?: readonly string[] } = {},
): Promise<RunResult> {
  const { uid, gid, home } = backRestUser();
  return run([...backRestArgv(command, [...options, ...quickly]), ...operands], {
    as: { uid, gid },
    env: { HOME: home },
    timeoutSeconds,
    outputBytes: 128 * 1024 * 1024,
  });
}

/** Its version, such as `2.55.1`. */
export async function backRestVersion(): Promise<string> {
  const { uid, gid } = backRestUser();
  const said = await run(backRestArgv('version', []), { as: { uid, gid }, timeoutSeconds: 20 });
  const version = /^pgBackRest (\d[\d.]*)/.exec(said.stdout)?.[1];
  if (version === undefined) throw new TaskFailure(agentText.noSuchProgram(program));
  return version;
}

/** What pgBackRest complains of, in its own words: its error lines, or the end of what it said. */
export function backRestComplaint(log: string): string {
  const lines = log.split('\n');
  const at = lines.findLastIndex((line) => /\b(?:ERROR|WARN): .*\[\d+\]/.test(line));
  const words = at === -1 ? lines.filter((line) => line.trim() !== '').slice(-3) : lines.slice(at, at + 6);
  return words
    .map((line) =>
      line
        .replace(/^.*?\bERROR: /, '')
        .replace(/^[\d-]+ [\d:.]+ P\d+ +/, '')
        .trim(),
    )
    .filter((line) => line !== '')
    .join(' ')
    .slice(0, 900);
}

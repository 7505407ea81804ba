import { existsSync } from 'node:fs';
import { run } from '../programs.ts';

/** Which of these packages are installed, with their versions. */
export async function listPackages(names: readonly string[]): Promise<Map<string, string>> {
  if (!existsSync('/usr/bin/dpkg-query')) return new Map();
  const { stdout } = await run(
    ['dpkg-query', '--show', '--showformat=${Package}\\t${Version}\\t${db:Status-Status}\\n', '--', ...names],
    { timeoutSeconds: 20 },
  );
  const found = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [name, version, status] = line.split('\t');
    if (name && version && status === 'installed') found.set(name, version);
  }
  return found;
}

/** The version of each package that the host's package sources would install; without those they do not have. */
export async function offeredVersions(names: readonly string[]): Promise<Map<string, string>> {
  if (!existsSync('/usr/bin/apt-cache') || names.length === 0) return new Map();
  const { stdout } = await run(['apt-cache', 'policy', ...names], { timeoutSeconds: 60 });
  return parsePolicy(stdout);
}

/** The candidates in what `apt-cache policy` says. */
export function parsePolicy(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let name = '';
  for (const line of text.split('\n')) {
    const header = /^(\S+):$/.exec(line);
    if (header) name = header[1]!;
    const candidate = /^ {2}Candidate: (\S+)$/.exec(line)?.[1];
    if (candidate && candidate !== '(none)' && name) found.set(name, candidate);
  }
  return found;
}

/** npm run bench -- NAME …: runs bench/NAME.ts, which prints one JSON line a result (ours, peer, ratio); without a name lists them. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../bench');
const known = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const [name, ...args] = process.argv.slice(2);

if (name === undefined || !known.includes(name)) {
  const list = known.length === 0 ? 'There are no benches yet.' : `Benches: ${known.join(', ')}`;
  const print = name === undefined ? console.log : console.error;
  print(name === undefined ? `npm run bench -- NAME\n${list}` : `There is no bench named ${name}. ${list}`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const child = spawn(process.execPath, [join(folder, `${name}.ts`), ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => (process.exitCode = code ?? 1));
}

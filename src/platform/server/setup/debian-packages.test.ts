import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Text } from '../../contract/i18n.ts';
import { type DebianPackage, ensureDebianPackages } from './debian-packages.ts';

const isRoot = process.getuid?.() === 0;
const path = process.env['PATH'] ?? '';
let folder = '';
let wanted: DebianPackage;
let said: string[] = [];
const log = (line: Text) => said.push(line.en);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elepherd-packages-'));
  await mkdir(join(folder, 'bin'));
  wanted = {
    name: 'howdah',
    proof: join(folder, 'howdah'),
    without: { en: 'nobody can ride', 'zh-CN': '没人能骑' },
    neededFor: 'start',
  };
  said = [];
});
afterEach(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true });
});

/** An apt-get of this file's own comes first on the PATH: nothing is installed on the machine that runs the tests. */
async function haveApt(script: string): Promise<void> {
  const file = join(folder, 'bin/apt-get');
  await writeFile(file, `#!/bin/sh\necho "$@" >> ${folder}/asked\n${script}\n`);
  await chmod(file, 0o755);
  process.env['PATH'] = `${join(folder, 'bin')}${delimiter}${path}`;
}
const asked = () => readFile(join(folder, 'asked'), 'utf8');

test('what is there is neither asked for nor spoken of', async () => {
  await haveApt('exit 1');
  expect(
    await ensureDebianPackages(
      [
        { ...wanted, proof: folder },
        { ...wanted, proof: 'sh' },
      ],
      log,
    ),
  ).toEqual([]);
  expect(said).toEqual([]);
});

test.runIf(isRoot)(
  'root installs what is missing, after looking for what is offered, and says so first',
  async () => {
    await haveApt(`case $2 in install) touch ${folder}/howdah ;; esac`);
    expect(await ensureDebianPackages([wanted], log)).toEqual([]);
    expect(await asked()).toBe('-q update\n-q install --yes --no-install-recommends howdah\n');
    expect(said).toEqual(['Installing Debian packages: howdah.']);
  },
);

test.runIf(isRoot)(
  'what apt refuses is told in its own words, with what does not work without it',
  async () => {
    await haveApt(
      `case $2 in install) echo noise; echo 'E: Unable to locate package howdah'; exit 100 ;; esac`,
    );
    expect(await ensureDebianPackages([wanted], log)).toEqual([wanted]);
    expect(said).toEqual([
      'Installing Debian packages: howdah.',
      'apt-get could not install howdah: E: Unable to locate package howdah',
      'The Debian package howdah is missing; nobody can ride. Install it with: apt-get install howdah',
    ]);
  },
);

test('who is not root is told the command, and nothing is tried', async () => {
  await haveApt('exit 1');
  const getuid = process.getuid;
  try {
    process.getuid = () => 1000;
    expect(await ensureDebianPackages([wanted], log)).toEqual([wanted]);
  } finally {
    Object.assign(process, { getuid });
  }
  expect(said).toEqual([
    'The Debian package howdah is missing; nobody can ride. Install it with: apt-get install howdah',
  ]);
  await expect(asked()).rejects.toThrow('ENOENT');
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createCluster } from '#src/fleet/server/clusters/create-cluster.ts';
import { startTestCli } from '#tests/support/cli.ts';
import { someHost } from '#tests/support/hosts.ts';

const cli = await startTestCli();
const folder = await mkdtemp(join(tmpdir(), 'elepherd-cli-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const forgetOperations = () => cli.owner.db.deleteFrom('platform.operation').execute();

const hide = (text: string) =>
  text
    .replaceAll(folder, 'FOLDER')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'ID')
    .replace(/\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\b/g, 'MOMENT             ')
    .replace(/\b[0-9a-f]{16}\b/g, 'FINGERPRINT')
    .replace(/^[\w+/]{48}$/gm, 'PASSPHRASE');

test.each(['en', 'zh-CN'])('repositories, policies and plans, in %s', async (language) => {
  await forgetOperations();
  const secrets = join(folder, 'keys');
  await writeFile(secrets, 'AKID\nsecret\n');
  const [store, nfs, policy] = ['store', 'nfs', 'daily'].map((name) => `${name}-${language.toLowerCase()}`);
  const cluster = `orders-${language.toLowerCase()}`;
  await createCluster(cli.owner, {
    name: cluster,
    hostIds: [await someHost(cli.owner, `host-${language.toLowerCase()}`)],
  });
  await cli.owner.db.updateTable('fleet.cluster').set({ phase: 'ready' }).execute();
  await forgetOperations();
  const lines = [
    'backup plans',
    `repository create ${store} --s3 s3.example.com:9000/herd/pg --secret-file ${secrets}`,
    `repository create ${store} --s3 s3.example.com:9000/herd/pg`,
    `repository create ${nfs} --path /mnt/backup/pg`,
    `repository create ${nfs} --path /mnt/backup/pg`,
    `repository create wrong --path /etc`,
    `repository create wrong --s3 nonsense`,
    `repository create wrong`,
    `repository create wrong --s3 s3.example.com/herd --secret-file ${folder}/none`,
    'repository list',
    `repository show ${store}`,
    `repository key ${store}`,
    `policy create ${policy} --full '0 2 * * *' --diff none --zone Asia/Shanghai --days 7`,
    `policy create never --full '0 0 31 2 *'`,
    `policy update ${policy} --weeks 8`,
    `policy update ${policy}`,
    'policy list',
    `backup run ${cluster}`,
    `backup enable ${cluster}`,
    `backup enable ${cluster} --policy ${policy} --repository ${store} --repository ${store}`,
    `backup enable ${cluster} --policy ${policy} --repository ${store} --repository ${nfs}`,
    'backup plans',
    `backup list ${cluster}`,
    `policy delete ${policy}`,
    `repository remove ${store} --yes`,
  ];
  const shown = await cli.transcript(lines.map((line) => `${line} --lang ${language}`));
  await expect(hide(shown)).toMatchFileSnapshot(`golden/backups.${language}.txt`);
});

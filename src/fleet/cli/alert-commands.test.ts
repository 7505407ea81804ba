import { expect, test } from 'vitest';
import { raiseAlert } from '#src/fleet/server/alerts/raise-alert.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { someHost } from '#tests/support/hosts.ts';
import { startTestCli } from '#tests/support/cli.ts';

const cli = await startTestCli();
const hostId = await someHost(cli.owner, 'db-1');

test.each(['en', 'zh-CN'])('alerts and silences, in %s', async (language) => {
  const id = await inTransaction(cli.owner, (tx) =>
    raiseAlert(tx, {
      rule: 'disk-nearly-full',
      severity: 'critical',
      labels: { host: 'db-1', mountpoint: `/data-${language}` },
      value: 4.2,
      source: 'engine',
      hostId,
    }),
  );
  const first = await cli.transcript(
    [
      'alert list --limit 1',
      `alert show ${id}`,
      `alert acknowledge ${id}`,
      'alert list --state firing --quiet',
      'alert show nothing',
      'silence list',
      'silence add "New disks" --on db-1 --minutes 60',
      'silence list',
    ].map((line) => `${line} --lang ${language}`),
  );
  const [silence = ''] = (await cli.run('silence list --quiet')).out.trim().split('\n');
  const second = await cli.transcript(
    [`silence end ${silence}`, 'silence end nothing'].map((line) => `${line} --lang ${language}`),
  );
  // What ended goes, so that the next language begins as this one did.
  await cli.owner.db.deleteFrom('fleet.alert_silence').execute();
  // Where the next page begins is no word for people.
  const told = (first + second).replaceAll(/--cursor \S+/g, '--cursor …');
  await expect(told).toMatchFileSnapshot(`golden/alerts.${language}.txt`);
});

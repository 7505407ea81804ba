import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  shippedAlertText,
  type AlertWords,
  type ShippedKey,
} from '#src/fleet/contract/shipped-alerts.text.ts';
import {
  flush,
  hasEngine,
  replay,
  rulesFolder,
  startTestStore,
  type TestStore,
} from '#tests/support/alert-engine.ts';
import { shippedAlertCases, type History } from '#tests/support/shipped-alert-cases.ts';
import { ruleFile } from './files.rules.ts';
import { isShipped, shippedRules } from './shipped.rules.ts';

const minutes = 26 * 60;
const [badOrg, quietOrg] = [randomUUID(), randomUUID()];
const end = Math.floor(Date.now() / 60_000) * 60;
const keys = Object.keys(shippedAlertCases) as (keyof typeof shippedAlertCases)[];
const place = (org: string, key: string) => ({
  org,
  host_id: `${org}-${key}`,
  host: `db-${key}`,
  cluster_id: `cluster-${org}-${key}`,
  cluster: key,
  member: `${key}-1`,
});

/** Series in VictoriaMetrics' form, a line each. */
function linesOf(org: string, key: string, history: History): string[] {
  return Object.entries(history).map(([series, course]) => {
    const [, name = '', labels = ''] = /^(\w+)\{(.*)\}$/.exec(series) ?? [];
    const own = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label, value]);
    const values: number[] = [];
    const timestamps: number[] = [];
    for (let m = minutes; m >= 0; m--) {
      const value = course(m);
      if (value === null) continue;
      values.push(key === 'certificate-expiring' ? end + value : value);
      timestamps.push((end - m * 60) * 1000);
    }
    const metric = { __name__: name, ...place(org, key), ...Object.fromEntries(own) };
    return JSON.stringify({ metric, values, timestamps });
  });
}

describe.runIf(hasEngine)('over a day of figures, judged by the real vmalert', () => {
  let store: TestStore;
  const fired = new Map<string, Record<string, string>[]>();
  beforeAll(async () => {
    store = await startTestStore();
    const lines = keys.flatMap((key) => [
      ...linesOf(badOrg, key, shippedAlertCases[key].bad),
      ...linesOf(quietOrg, key, shippedAlertCases[key].quiet),
    ]);
    const answer = await fetch(`${store.url}/api/v1/import`, { method: 'POST', body: lines.join('\n') });
    expect(answer.ok).toBe(true);
    await flush(store);
    const folder = await rulesFolder(store, 'rules');
    for (const org of [badOrg, quietOrg]) await writeFile(join(folder, `${org}.yml`), ruleFile(org, [], []));
    await replay({ store, folder, fromSeconds: end - minutes * 60, toSeconds: end });
    const found = await store.store.query(`count_over_time(ALERTS{alertstate="firing"}[27h])`, end + 1);
    for (const { labels } of found) {
      const list = fired.get(labels['org'] ?? '') ?? [];
      fired.set(labels['org'] ?? '', [...list, labels]);
    }
  });
  afterAll(() => store.stop());

  test.each(keys)('%s is raised', (key) => {
    const own = (fired.get(badOrg) ?? []).filter((labels) => labels['rule'] === key);
    const { host, cluster } = place(badOrg, key);
    expect(
      own.filter((labels) => labels['host'] === host || labels['cluster'] === cluster).length,
    ).toBeGreaterThan(0);
    expect(own[0]?.['severity']).toBe(shippedRules[key].severity);
  });

  test.each(keys.map((key) => [key, shippedAlertCases[key].why] as const))('%s stays quiet: %s', (key) => {
    const { host, cluster } = place(quietOrg, key);
    const all = fired.get(quietOrg) ?? [];
    expect(all.filter((labels) => labels['host'] === host || labels['cluster'] === cluster)).toEqual([]);
  });
});

test('every shipped rule has words in both languages, and a case of its own when it is judged over series', () => {
  const judged = (Object.keys(shippedRules) as ShippedKey[]).filter(
    (key) => shippedRules[key].expression !== null,
  );
  expect(judged.toSorted()).toEqual(keys.toSorted());
  for (const [key, words] of Object.entries<AlertWords>(shippedAlertText)) {
    expect(isShipped(key)).toBe(true);
    const all = [
      words.title,
      words.meaning,
      words.ignored,
      words.nextStep,
      words.summary({ host: 'db-1' }, 1),
    ];
    for (const text of all) {
      expect(text.en.length, key).toBeGreaterThan(3);
      expect(text['zh-CN'], key).toMatch(/[\u4e00-\u9fff]/);
    }
  }
});

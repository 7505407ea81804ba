import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { panels } from '#src/fleet/server/metrics/panels.rules.ts';
import { tableQuestions } from '#src/fleet/server/metrics/tables.rules.ts';
import { shippedRules } from '#src/fleet/server/alert-rules/shipped.rules.ts';
import { readHostFigures } from './host-figures.ts';
import { serverQuestions, settingFigure, sizeQuestion, tableQuestion } from './postgres-probes.ts';
import { etcdNames, patroniNames } from './scrapes.ts';
import { Sheet } from './sheet.ts';
import { Statements } from './statements.ts';

const root = join(import.meta.dirname, '../../../..');

/** Names that the code makes when it measures; those that stand in it whole are found in its text. */
function writtenNames(): Set<string> {
  const sheet = new Sheet();
  readHostFigures(sheet);
  const statements = new Statements();
  const row = (count: string) => [['1', 'app', 'app', count, count, count, count, count]];
  statements.note(row('1'), new Sheet());
  statements.note(row('2'), sheet);
  const folders = ['src/fleet/agent/metrics', 'src/fleet/agent/activity', 'src/fleet/server/metrics'];
  const writers = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter(
        (name) => name.endsWith('.ts') && !/\.test\.ts$|^panels\.rules|^tables\.rules|^queries/.test(name),
      )
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
  return new Set([
    'up',
    ...sheet.text.split('\n').map((line) => /^\w+/.exec(line)![0]),
    ...[13, 16, 17].flatMap((version) => serverQuestions(version).flatMap(({ names }) => names)),
    ...tableQuestion.names,
    ...sizeQuestion.names,
    settingFigure(['max_connections', '100', null, 'integer'])!.name,
    settingFigure(['max_wal_size', '1024', 'MB', 'integer'])!.name,
    ...writers.flatMap((text) =>
      [...text.matchAll(/['`]((?:pg|pgbouncer|pgbackrest|node|elepherd)_\w+)['`{]/g)].map(
        ([, name]) => name!,
      ),
    ),
  ]);
}

/** Names of series in a question: what is left when labels, functions, groupings and times are taken out. */
function namesIn(promql: string): string[] {
  const named = [...promql.matchAll(/__name__=~"([^"]*)"/g)].flatMap(([, list]) => alternativesOf(list!));
  const plain = promql
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, '')
    .replaceAll(/\boffset\s+\S+/g, '');
  const words = [...plain.matchAll(/(?<![\w.])[a-z_][\w:]*\b(?!\s*\()/gi)].map(([word]) => word);
  const grammar = new Set([
    'and',
    'or',
    'unless',
    'bool',
    'group_left',
    'group_right',
    'by',
    'on',
    'ignoring',
    'if',
    'default',
    'Inf',
    'offset',
  ]);
  return [...named, ...words.filter((word) => !grammar.has(word))];
}

/** `a|b_(?:c)?d|e_(f|g)` → a, b_cd, b_d, e_f, e_g. */
function alternativesOf(pattern: string): string[] {
  const group = /\((?:\?:)?([^()]*)\)(\??)/.exec(pattern);
  if (!group) return pattern.split('|');
  // The bar of a group is not one between names.
  const name = /[^|]*$/.exec(pattern.slice(0, group.index))![0];
  const begin = group.index - name.length;
  const [, rest, others] = /^([^|]*)(.*)$/.exec(pattern.slice(group.index + group[0].length))!;
  const choices = [...group[1]!.split('|'), ...(group[2] === '?' ? [''] : [])];
  const spelt = choices.map((choice) => `${name}${choice}${rest}`).join('|');
  return alternativesOf(`${pattern.slice(0, begin)}${spelt}${others}`);
}

const written = writtenNames();
const isWritten = (name: string) => written.has(name) || patroniNames.test(name) || etcdNames.test(name);
const unwritten = (questions: readonly string[]) =>
  [...new Set(questions.flatMap(namesIn))].filter((name) => !isWritten(name));

describe('every name that is asked for is one that is written', () => {
  test('names are found in questions, whatever stands around them', () => {
    expect(
      namesIn(
        'sum by (host) (rate(a_total{x="b_c"}[5m])) / on (host) group_left (d) max(e{cluster="$cluster"}) and {__name__=~"f|g_(?:h)?i|j_(k|l)",x="y"} > 1e9',
      ),
    ).toEqual(['f', 'g_hi', 'g_i', 'j_k', 'j_l', 'a_total', 'e']);
    expect(unwritten(['rate(pg_stat_database_xact_comit[5m])'])).toEqual(['pg_stat_database_xact_comit']);
  });

  test('of the dashboard for Grafana', () => {
    const dashboard = JSON.parse(readFileSync(join(root, 'docs/guides/grafana-cluster.json'), 'utf8')) as {
      panels: { title: string; targets: { expr: string }[] }[];
      templating: { list: { query: string | { query: string } }[] };
    };
    const asked = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(asked.length).toBeGreaterThan(15);
    expect(unwritten(asked)).toEqual([]);
    const variables = dashboard.templating.list.map(({ query }) =>
      typeof query === 'string' ? query : query.query,
    );
    const valuesOf = variables.flatMap((query) => /^label_values\((\w+),/.exec(query)?.[1] ?? []);
    expect(valuesOf).toEqual(['pg_up']);
    expect(valuesOf.filter((name) => !isWritten(name))).toEqual([]);
  });

  test('of the pages of the console', () => {
    const scope = { orgId: 'o', clusterId: 'c', hostId: 'h', hostIds: ['h'] };
    const asked = Object.values(panels).flatMap(({ questions }) =>
      questions.map(({ promql }) => promql('org="o"', 60, scope)),
    );
    expect(unwritten([...asked, ...Object.values(tableQuestions('org="o"', 'bloat', 60))])).toEqual([]);
  });

  test('of the shipped rules', () => {
    const asked = Object.values(shippedRules).flatMap(({ expression }) => expression?.(1) ?? []);
    expect(asked.length).toBeGreaterThan(10);
    expect(unwritten(asked)).toEqual([]);
  });
});

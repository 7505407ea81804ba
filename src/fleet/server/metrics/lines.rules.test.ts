import { expect, test } from 'vitest';
import { forceLabels, serverTime } from './lines.rules.ts';

const labels = { org: 'o1', host_id: 'h1', host: 'db-1', cluster: 'orders' };
const own = 'org="o1",host_id="h1",host="db-1",cluster="orders"';

test('every figure gets the labels of the host that sent it', () => {
  expect(forceLabels('pg_up 1\npg_x{a="b",c="d \\"e\\" {},"} -1.5e3', labels, 7)).toEqual([
    `pg_up{${own}} 1 7`,
    `pg_x{${own},a="b",c="d \\"e\\" {},"} -1.5e3 7`,
  ]);
});

test('no agent writes the series of another, the server’s own ones, or anything that is no figure', () => {
  const wrong = [
    'pg_up{org="other"} 1',
    'pg_up{a="1",host_id="other"} 1',
    'pg_up{__name__="elepherd_host_connected"} 1',
    'pg_up{a="\\",org=\\"x"} 1 99',
    'pg_up{a="b"},org="other"} 1',
    'pg_up{a="b\\"} 1',
    'elepherd_host_connected 1',
    'elepherd_member_expected{kind="server"} 1',
    'ALERTS{alertstate="firing"} 1',
    'vm_rows 1',
    'pg_up NaN',
    'pg_up 1 1700000000000',
    'pg_up one',
    '# TYPE pg_up gauge',
    `pg_up{a="${'x'.repeat(3000)}"} 1`,
    '',
  ];
  expect(forceLabels(wrong.join('\n'), labels, 7)).toEqual([]);
  // A name that a person chose may look like one of them; inside a value it is only a value.
  expect(forceLabels('pg_up{relname="a,org=\\"x\\""} 1', labels, 7)).toHaveLength(1);
});

test('labels of the server are written so that a name cannot end them', () => {
  expect(forceLabels('pg_up 1', { ...labels, host: 'a"b\\c' }, 7)[0]).toContain('host="a\\"b\\\\c"');
});

test('times are the server’s, whatever a host’s clock says', () => {
  const now = 1_000_000_000;
  expect(serverTime(5000, 6000, now)).toBe(now - 1000);
  expect(serverTime(9000, 6000, now)).toBe(now);
  expect(serverTime(-1e12, 6000, now)).toBe(now - 86_400_000);
});

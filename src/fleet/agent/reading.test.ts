import { expect, test } from 'vitest';
import { parsePolicy } from './facts/packages.ts';
import { parseListening, parseOsRelease } from './facts/read-facts.ts';
import { parsePatroniFile } from './observe-servers.ts';
import { parseMembers } from './tasks/ask-etcd.ts';
import { isAsWished, lastComplaint, PatroniCluster, whoStreams } from './tasks/ask-patroni.ts';
import { isAtLeast } from './tasks/check-host.ts';
import { aptComplaint } from './tasks/install-packages.ts';

test('what apt would install, without what it does not have', () => {
  const said = `postgresql-17:
  Installed: (none)
  Candidate: 17.12-0+deb13u1
  Version table:
     17.12-0+deb13u1 500
        500 http://deb.debian.org/debian-security trixie-security/main amd64 Packages
postgresql-16:
  Installed: (none)
  Candidate: (none)
  Version table:
patroni:
  Installed: 4.0.7-3~deb13u1
  Candidate: 4.0.7-3~deb13u1
`;
  expect([...parsePolicy(said)]).toEqual([
    ['postgresql-17', '17.12-0+deb13u1'],
    ['patroni', '4.0.7-3~deb13u1'],
  ]);
});

test('listening ports, and no others', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100 0 0 10 0
   1: 0100007F:1539 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 2 1 0 20 4 30 10 -1
`;
  expect(parseListening(table)).toEqual([5432]);
});

test('the release of the system, however it is quoted', () => {
  expect(
    parseOsRelease('PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID=\'13\'\n'),
  ).toEqual({
    id: 'debian',
    version: '13',
    name: 'Debian GNU/Linux 13 (trixie)',
  });
  expect(parseOsRelease('')).toEqual({ id: '', version: '', name: '' });
});

test('port and data of a Patroni from its file, and not the ports of others', () => {
  const yaml = `scope: demo
restapi:
  listen: 0.0.0.0:8009
  connect_address: 10.0.0.1:8009
etcd3:
  hosts:
    - 10.0.0.1:2379
postgresql:
  listen: "*:5433"
  data_dir: /var/lib/postgresql/17/demo
`;
  expect(parsePatroniFile(yaml)).toEqual({ port: 8009, dataDirectory: '/var/lib/postgresql/17/demo' });
  const quoted = yaml.replaceAll(/: (\S+)$/gm, ': "$1"');
  expect(quoted).not.toBe(yaml);
  expect(parsePatroniFile(quoted)).toEqual(parsePatroniFile(yaml));
  expect(parsePatroniFile('')).toEqual({ port: null, dataDirectory: null });
});

test('ids of etcd are kept whole although they do not fit a number', () => {
  const said = `{"header":{"cluster_id":17237436991929493444,"member_id":9372538179322589801,"raft_term":2},
    "members":[{"ID":9372538179322589801,"name":"demo-1","peerURLs":["https://10.0.0.1:2380"],"clientURLs":["https://10.0.0.1:2379"]},
               {"ID":10501334649042878790,"peerURLs":["https://10.0.0.2:2380"]}]}`;
  expect(parseMembers(said)).toEqual([
    { id: '8211f1d0f64f3269', name: 'demo-1', peerUrl: 'https://10.0.0.1:2380' },
    { id: '91bc3c398fb3c146', name: '', peerUrl: 'https://10.0.0.2:2380' },
  ]);
});

const cluster = (...members: [name: string, role: string, state: string, lag?: number | string][]) =>
  PatroniCluster.parse({ members: members.map(([name, role, state, lag]) => ({ name, role, state, lag })) });
const wish = (until: string, ...members: string[]) => ({ until, members });

test('a cluster is as wished only when it is', () => {
  const two = cluster(['a', 'leader', 'running'], ['b', 'replica', 'streaming', 0]);
  expect(isAsWished(wish('primary'), two, true)).toBe(true);
  expect(isAsWished(wish('primary'), two, false)).toBe(false);
  expect(isAsWished(wish('primary'), cluster(['a', 'leader', 'starting']), true)).toBe(false);
  expect(isAsWished(wish('members-stream', 'a', 'b'), two, false)).toBe(true);
  expect(isAsWished(wish('members-stream', 'a', 'b', 'c'), two, false)).toBe(false);
  expect(
    isAsWished(
      wish('members-stream', 'a', 'b'),
      cluster(['a', 'leader', 'running'], ['b', 'replica', 'creating replica']),
      false,
    ),
  ).toBe(false);
  expect(isAsWished(wish('rebuilt', 'b'), two, false)).toBe(false);
  expect(isAsWished({ ...wish('rebuilt', 'b'), wasAway: true }, two, false)).toBe(true);
  expect(isAsWished(wish('gone-from-members', 'b'), two, false)).toBe(false);
  expect(isAsWished(wish('gone-from-members', 'c'), two, false)).toBe(true);
});

test('a replica of Patroni 3 streams when it has a lag, and not while that is unknown', () => {
  const members = (lag: number | string) =>
    cluster(['a', 'leader', 'running'], ['b', 'replica', 'running', lag]);
  expect(isAsWished(wish('members-stream', 'a', 'b'), members(0), false)).toBe(true);
  expect(isAsWished(wish('members-stream', 'a', 'b'), members('unknown'), false)).toBe(false);
});

test('who streams is the primary’s own word, or the replica’s', () => {
  const primary = (...replication: [name: string, state: string][]) => ({
    state: 'running',
    role: 'primary',
    patroni: { name: 'a' },
    replication: replication.map(([application_name, state]) => ({ application_name, state })),
  });
  expect(whoStreams(primary(['b', 'streaming']), ['a', 'b'])).toBe('all');
  expect(whoStreams(primary(['b', 'catchup']), ['a', 'b'])).toBe('not yet');
  expect(whoStreams(primary(), ['a', 'b'])).toBe('not yet');
  expect(whoStreams({ state: 'running', role: 'primary', patroni: { name: 'a' } }, ['a'])).toBe('all');
  const replica = (more: object) => ({ state: 'running', role: 'replica', ...more });
  expect(whoStreams(replica({ replication_state: 'streaming' }), ['a', 'b'])).toBe('itself');
  expect(whoStreams(replica({ replication_state: 'in archive recovery' }), ['a', 'b'])).toBe('not yet');
  expect(whoStreams(replica({}), ['a', 'b'])).toBe('itself');
  expect(whoStreams(replica({ state: 'starting' }), ['a', 'b'])).toBe('not yet');
});

test('the last complaint of a log', () => {
  const lines = ['INFO: no action', '2026 FATAL:  role "x" does not exist', 'INFO: no action'];
  expect(lastComplaint(lines)).toBe('2026 FATAL:  role "x" does not exist');
  expect(lastComplaint(['INFO: no action'])).toBeUndefined();
});

test('versions by their numbers', () => {
  expect(isAtLeast('4.0.7-3~deb13u1', '4.0.7')).toBe(true);
  expect(isAtLeast('4.1.0-1', '4.0.7')).toBe(true);
  expect(isAtLeast('4.0.6-1', '4.0.7')).toBe(false);
  expect(isAtLeast('3.0.2-1', '4.0.7')).toBe(false);
  expect(isAtLeast('1:4.0.10-1', '4.0.7')).toBe(true);
});

test('of what apt says, the lines that say what is wrong', () => {
  const log =
    'Reading package lists...\nW: Failed to fetch http://x\nE: Unable to locate package nothing-like-it\nmore\n';
  expect(aptComplaint(log)).toBe('W: Failed to fetch http://x / E: Unable to locate package nothing-like-it');
  expect(aptComplaint('one\ntwo\nthree\nfour\n')).toBe('two / three / four');
});

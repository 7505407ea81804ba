import { expect, test } from 'vitest';
import { connectionOf, connectionUrl, type Door } from './connection.rules.ts';
import { portsOf } from './plan.rules.ts';

const door: Door = {
  scope: 'orders-1a2b',
  addresses: ['10.0.0.1', '10.0.0.2', 'fd00::3'],
  ports: portsOf(0),
  database: 'app',
  username: 'app',
  authority: 'PEM',
};

test('names every server and asks for the one that takes writes', () => {
  const url = connectionUrl(door, 'direct');
  expect(url).toContain('@10.0.0.1:5432,10.0.0.2:5432,[fd00::3]:5432/app?');
  expect(url).toContain('target_session_attrs=read-write');
  expect(url).toContain('sslmode=require');
});

test('asks for nothing special of a single server', () => {
  expect(connectionUrl({ ...door, addresses: ['10.0.0.1'] }, 'direct')).not.toContain('target_session_attrs');
});

test('escapes a password that looks like a URL', () => {
  expect(new URL(connectionUrl({ ...door, addresses: ['10.0.0.1'] }, 'routed', 'p@ss/w:rd?#')).password).toBe(
    'p%40ss%2Fw%3Ard%3F%23',
  );
});

test('the sample for Node.js goes through the routers, each connection by the next host', () => {
  const sample = (of: Door, kind: 'direct' | 'pooled') =>
    connectionOf(of)
      .ways.find((way) => way.kind === kind)
      ?.samples.find(({ language }) => language === 'node')?.code;
  const several = sample(door, 'direct');
  expect(several).toContain("const hosts = ['10.0.0.1', '10.0.0.2', 'fd00::3'];");
  expect(several).toContain(`port: ${door.ports.readWrite}, database: 'app'`);
  const single = sample({ ...door, addresses: ['10.0.0.1'] }, 'pooled');
  expect(single).toContain(`host: '10.0.0.1', port: ${door.ports.pooler},`);
  expect(single).not.toContain('class Client');
});

test('shows no password in what it describes', () => {
  const text = JSON.stringify(connectionOf(door));
  expect(text).not.toContain('app:');
  expect(text).toContain('targetServerType=primary');
});

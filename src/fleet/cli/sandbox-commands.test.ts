import { expect, test } from 'vitest';
import type { MadeSandbox } from '#src/fleet/contract/sandboxes.ts';
import { startTestCli } from '#tests/support/cli.ts';

const cli = await startTestCli();
const id = '11111111-1111-4111-8111-111111111111';

// Making a real one needs a host; what it looks like does not.
const made: MadeSandbox = {
  id,
  state: 'ready',
  pgVersion: 17,
  template: 'empty',
  memoryBacked: false,
  purpose: '第三课 lesson 3',
  host: { id: '22222222-2222-4222-8222-222222222222', name: 'db-1' },
  limits: { memoryMb: 256, cpuCores: 0.5, diskMb: 512, connections: 10, statementSeconds: 60 },
  limitsEnforced: {
    memory: 'kernel',
    cpu: 'kernel',
    disk: 'watched',
    connections: 'postgres',
    statements: 'postgres',
    network: 'kernel',
    files: 'no',
  },
  storage: 'overlay-disk',
  address: '10.0.0.1',
  port: 20001,
  tls: true,
  madeBy: 'Test Person',
  isMine: true,
  readyMs: 412.3,
  reason: null,
  operationId: null,
  createdAt: '2026-11-22T09:00:00.000Z',
  expiresAt: '2026-11-22T10:00:00.000Z',
  endedAt: null,
  connection: {
    host: '10.0.0.1',
    port: 20001,
    database: 'sandbox',
    user: 'sandbox',
    password: 'secret',
    url: 'postgresql://sandbox:secret@10.0.0.1:20001/sandbox?sslmode=require',
    authority: null,
  },
};

test.each(['en', 'zh-CN'])('sandboxes, in %s', async (language) => {
  cli.intercept = (request) => {
    if (!request.url.includes('/api/fleet/sandboxes')) return undefined;
    if (request.method === 'DELETE') return new Response(null, { status: 204 });
    const isList = request.method === 'GET' && !request.url.includes(id);
    return Response.json(isList ? { items: [made], nextCursor: null } : made);
  };
  const lines = [
    'sandbox list',
    `sandbox show ${id}`,
    'sandbox create --minutes 60 --in-memory',
    'sandbox create --quiet',
    `sandbox reset ${id} --yes`,
    `sandbox extend ${id} 120`,
    `sandbox extend ${id} soon`,
    `sandbox delete ${id}`,
    `sandbox delete ${id} --yes`,
    'sandbox delete lesson-3 --yes',
  ];
  const shown = await cli.transcript(lines.map((line) => `${line} --lang ${language}`));
  cli.intercept = undefined;
  await expect(shown).toMatchFileSnapshot(`golden/sandboxes.${language}.txt`);
});

import { cliSandboxText } from '#src/fleet/contract/cli-sandboxes.text.ts';
import {
  type Enforcement,
  type LimitsEnforced,
  MadeSandbox,
  Sandbox,
} from '#src/fleet/contract/sandboxes.ts';
import { cliText } from '#src/platform/contract/cli.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { page } from '#src/platform/contract/pages.ts';
import { confirmLoss } from '#src/platform/cli/ask.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { exitCode } from '#src/platform/cli/exit-code.ts';
import { CliFailure, usageFailure } from '#src/platform/cli/failure.ts';
import { momentOf, sizeOf } from '#src/platform/cli/format.ts';
import { isId } from '#src/platform/cli/id.ts';
import type { Printer } from '#src/platform/cli/printer.ts';
import type { Tone } from '#src/platform/cli/style.ts';
import { watchOperation } from '#src/platform/cli/watch-operation.ts';
import { findHostId } from './find-host.ts';

const sandboxArgument = {
  name: 'sandbox',
  title: cliSandboxText.sandbox,
  completes: 'sandbox list',
} as const;

function pathOf(id: string): string {
  if (!isId(id)) throw new CliFailure(exitCode.notFound, cliSandboxText.notSandbox(id.slice(0, 60)));
  return `/api/fleet/sandboxes/${id}`;
}

const stateWords: Record<Sandbox['state'], readonly [Text, Tone]> = {
  making: [cliSandboxText.stateMaking, 'warning'],
  ready: [cliSandboxText.stateReady, 'good'],
  failed: [cliSandboxText.stateFailed, 'bad'],
  expired: [cliSandboxText.stateExpired, 'quiet'],
  destroyed: [cliSandboxText.stateDestroyed, 'quiet'],
};

const keepers: Record<Enforcement, readonly [Text, Tone]> = {
  kernel: [cliSandboxText.byKernel, 'good'],
  postgres: [cliSandboxText.byPostgres, 'good'],
  watched: [cliSandboxText.byWatch, 'warning'],
  no: [cliSandboxText.byNobody, 'bad'],
};

const whereOf = ({ address, port }: Sandbox) => (address === null ? '-' : `${address}:${port}`);

/** Commands on disposable servers. */
export const sandboxCommands = [
  defineCommand('sandbox list', {
    summary: cliSandboxText.list,
    pages: true,
    async run({ api, paging, printer }) {
      const answer = await (await api()).get('/api/fleet/sandboxes', paging);
      printer.show(answer, page(Sandbox), {
        quiet: ({ items }) => items.map(({ id }) => id),
        people({ items, nextCursor }) {
          printer.table(
            [
              { title: cliSandboxText.id, value: ({ id }) => id },
              {
                title: cliSandboxText.state,
                value: ({ state }) => printer.say(stateWords[state][0]),
                tone: ({ state }) => stateWords[state][1],
              },
              { title: cliSandboxText.version, align: 'right', value: ({ pgVersion }) => String(pgVersion) },
              { title: cliSandboxText.template, value: ({ template }) => template },
              { title: cliSandboxText.address, value: whereOf },
              { title: cliSandboxText.expires, value: ({ expiresAt }) => momentOf(expiresAt) },
              { title: cliSandboxText.by, value: ({ madeBy }) => madeBy },
              { title: cliSandboxText.purpose, value: ({ purpose }) => purpose ?? '-' },
            ],
            items,
            cliSandboxText.none,
          );
          printer.more(nextCursor);
        },
      });
    },
  }),

  defineCommand('sandbox show', {
    summary: cliSandboxText.show,
    arguments: [sandboxArgument],
    async run({ api, arguments: given, printer }) {
      printer.show(await (await api()).get(pathOf(given.sandbox)), Sandbox, {
        quiet: ({ state }) => [state],
        people: (sandbox) => showSandbox(printer, sandbox),
      });
    },
  }),

  defineCommand('sandbox create', {
    summary: cliSandboxText.create,
    detail: cliSandboxText.createDetail,
    options: {
      minutes: { type: 'number', value: 'minutes', title: cliSandboxText.optionMinutes },
      'pg-version': { type: 'number', value: 'major', title: cliSandboxText.optionVersion },
      template: { type: 'string', value: 'name', title: cliSandboxText.optionTemplate },
      'in-memory': { type: 'boolean', title: cliSandboxText.optionMemory },
      'host-only': { type: 'boolean', title: cliSandboxText.optionHostOnly },
      purpose: { type: 'string', value: 'words', title: cliSandboxText.optionPurpose },
      on: { type: 'string', value: 'host', title: cliSandboxText.optionHost, completes: 'host list' },
    },
    waits: true,
    examples: ['psql "$(elepherd sandbox create --minutes 30 --wait --quiet)"'],
    async run({ api, options, printer, terminal, wait }) {
      const client = await api();
      const answer = await client.post('/api/fleet/sandboxes', {
        minutes: options.minutes,
        pgVersion: options['pg-version'],
        template: options.template,
        memoryBacked: options['in-memory'],
        reach: options['host-only'] ? 'host-only' : undefined,
        purpose: options.purpose,
        hostId: options.on === undefined ? undefined : await findHostId(client, options.on),
      });
      let result = answer;
      const { connection, id, operationId } = answer.as(MadeSandbox);
      if (connection === null && operationId !== null && wait !== undefined) {
        await watchOperation({
          api: client,
          terminal,
          printer,
          operationId,
          timeoutSeconds: wait.timeoutSeconds,
        });
        result = await client.get(pathOf(id));
      }
      printer.show(result, MadeSandbox.partial({ connection: true }), {
        quiet: (made) => [made.connection?.url ?? made.id],
        people(made) {
          if (made.connection) {
            printer.note(cliSandboxText.made(made.id, momentOf(made.expiresAt)));
            printer.line(made.connection.url);
          } else if (made.state === 'ready') printer.tell(cliSandboxText.isReady(made.id));
          else {
            printer.tell(cliSandboxText.making);
            if (made.operationId !== null) printer.note(cliText.howToWatch(made.operationId));
          }
        },
      });
    },
  }),

  defineCommand('sandbox reset', {
    summary: cliSandboxText.reset,
    arguments: [sandboxArgument],
    destroys: true,
    async run(call) {
      const { sandbox } = call.arguments;
      const path = pathOf(sandbox);
      await confirmLoss(call, cliSandboxText.willReset(sandbox), sandbox.slice(0, 8));
      call.printer.done(await (await call.api()).post(`${path}/reset`), cliSandboxText.isReset(sandbox));
    },
  }),

  defineCommand('sandbox extend', {
    summary: cliSandboxText.extend,
    arguments: [sandboxArgument, { name: 'minutes', title: cliSandboxText.minutesArgument }],
    async run({ api, arguments: given, printer }) {
      const path = pathOf(given.sandbox);
      if (!/^\d{1,6}$/.test(given.minutes))
        throw usageFailure(cliSandboxText.notMinutes(given.minutes.slice(0, 60)));
      const answer = await (await api()).post(`${path}/extend`, { minutes: Number(given.minutes) });
      printer.show(answer, Sandbox, {
        quiet: ({ id }) => [id],
        people: ({ id, expiresAt }) => printer.tell(cliSandboxText.extended(id, momentOf(expiresAt))),
      });
    },
  }),

  defineCommand('sandbox delete', {
    summary: cliSandboxText.delete,
    arguments: [sandboxArgument],
    destroys: true,
    async run(call) {
      const { sandbox } = call.arguments;
      const path = pathOf(sandbox);
      await confirmLoss(call, cliSandboxText.willDelete(sandbox), sandbox.slice(0, 8));
      call.printer.done(await (await call.api()).delete(path), cliSandboxText.deleted(sandbox));
    },
  }),
];

function showSandbox(printer: Printer, sandbox: Sandbox): void {
  const { say } = printer;
  const [state, tone] = stateWords[sandbox.state];
  const { limits, limitsEnforced: kept } = sandbox;
  printer.facts([
    [cliSandboxText.id, sandbox.id],
    [cliSandboxText.state, say(state), tone],
    ...(sandbox.reason === null ? [] : [[cliSandboxText.reason, say(sandbox.reason)] as const]),
    [cliSandboxText.version, `PostgreSQL ${sandbox.pgVersion}`],
    [cliSandboxText.template, sandbox.template],
    [cliSandboxText.host, sandbox.host.name],
    [cliSandboxText.address, `${whereOf(sandbox)}${sandbox.tls ? ' (TLS)' : ''}`],
    [cliSandboxText.storage, sandbox.storage ?? '-'],
    [cliSandboxText.ready, sandbox.readyMs === null ? '-' : `${Math.round(sandbox.readyMs)} ms`],
    [cliSandboxText.expires, momentOf(sandbox.expiresAt)],
    [cliSandboxText.by, sandbox.madeBy],
    [cliSandboxText.purpose, sandbox.purpose ?? '-'],
  ]);
  const mebibyte = 1024 ** 2;
  const rows: readonly (readonly [Text, string, keyof LimitsEnforced])[] = [
    [cliSandboxText.memory, sizeOf(limits.memoryMb * mebibyte), 'memory'],
    [cliSandboxText.cpu, String(limits.cpuCores), 'cpu'],
    [cliSandboxText.disk, sizeOf(limits.diskMb * mebibyte), 'disk'],
    [cliSandboxText.connections, String(limits.connections), 'connections'],
    [cliSandboxText.statements, say(cliText.seconds(String(limits.statementSeconds))), 'statements'],
    [cliSandboxText.network, say(cliSandboxText.closed), 'network'],
    [cliSandboxText.files, say(cliSandboxText.closed), 'files'],
  ];
  printer.line();
  printer.table(
    [
      { title: cliSandboxText.limit, value: ([name]) => say(name) },
      { title: cliSandboxText.value, align: 'right', value: ([, value]) => value },
      {
        title: cliSandboxText.keptBy,
        value: ([, , name]) => (kept === null ? '-' : say(keepers[kept[name]][0])),
        tone: ([, , name]) => (kept === null ? undefined : keepers[kept[name]][1]),
      },
    ],
    rows,
    cliSandboxText.none,
  );
}

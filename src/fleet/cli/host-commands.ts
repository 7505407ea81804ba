import { cliHostText } from '#src/fleet/contract/cli-hosts.text.ts';
import { HostGuardian, type GuardedServer, type GuardianSettings } from '#src/fleet/contract/guardian.ts';
import { causeWords, guardianText } from '#src/fleet/contract/guardian.text.ts';
import { Host, NewEnrolment } from '#src/fleet/contract/hosts.ts';
import { page } from '#src/platform/contract/pages.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { confirmLoss } from '#src/platform/cli/ask.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { usageFailure } from '#src/platform/cli/failure.ts';
import { momentOf, sizeOf } from '#src/platform/cli/format.ts';
import type { Tone } from '#src/platform/cli/style.ts';
import { findHostId } from './find-host.ts';

const host = [{ name: 'host', title: cliHostText.host, completes: 'host list' }] as const;

/** Commands on hosts. */
export const hostCommands = [
  defineCommand('host list', {
    summary: cliHostText.list,
    pages: true,
    async run({ api, paging, printer }) {
      const answer = await (await api()).get('/api/fleet/hosts', paging);
      printer.show(answer, page(Host), {
        quiet: ({ items }) => items.map(({ name }) => name),
        people({ items, nextCursor }) {
          printer.table(
            [
              { title: cliHostText.name, value: ({ name }) => name },
              {
                title: cliHostText.state,
                value: (row) => printer.say(stateOf(row)[0]),
                tone: (row) => stateOf(row)[1],
              },
              { title: cliHostText.address, value: ({ address }) => address },
              { title: cliHostText.failureDomain, value: ({ failureDomain }) => failureDomain ?? '-' },
              { title: cliHostText.system, value: ({ facts }) => facts?.os.name ?? '-' },
              {
                title: cliHostText.cores,
                align: 'right',
                value: ({ facts }) => String(facts?.cpu.cores ?? '-'),
              },
              { title: cliHostText.memory, align: 'right', value: ({ facts }) => sizeOf(facts?.memoryBytes) },
              { title: cliHostText.servers, align: 'right', value: ({ servers }) => String(servers.length) },
            ],
            items,
            cliHostText.none,
          );
          printer.more(nextCursor);
        },
      });
    },
  }),

  defineCommand('host show', {
    summary: cliHostText.show,
    arguments: host,
    async run({ api, arguments: given, printer }) {
      const client = await api();
      const id = await findHostId(client, given.host);
      const answer = await client.get(`/api/fleet/hosts/${id}`);
      const guardian = (await client.get(`/api/fleet/hosts/${id}/guardian`)).as(HostGuardian);
      printer.show(answer, Host, {
        quiet: ({ id }) => [id],
        people(row) {
          const { facts } = row;
          const [word, tone] = stateOf(row);
          const versions = (list: readonly { version: string }[] = []) => list.map(({ version }) => version);
          printer.facts([
            [cliHostText.name, row.name],
            [cliHostText.id, row.id],
            [cliHostText.state, printer.say(word), tone],
            [cliHostText.address, row.address],
            [cliHostText.failureDomain, row.failureDomain ?? '-'],
            [cliHostText.system, facts === null ? '-' : `${facts.os.name}, ${facts.kernel}`],
            [cliHostText.processor, facts === null ? '-' : `${facts.cpu.cores} × ${facts.cpu.model}`],
            [cliHostText.memory, sizeOf(facts?.memoryBytes)],
            [
              cliHostText.disks,
              orDash(
                (facts?.disks ?? []).map(({ mount, freeBytes, sizeBytes }) =>
                  printer.say(cliHostText.disk(mount, sizeOf(freeBytes), sizeOf(sizeBytes))),
                ),
              ),
            ],
            [cliHostText.libraries, facts === null ? '-' : `${facts.libc ?? '-'}, ${facts.icu ?? '-'}`],
            [cliHostText.clock, facts === null ? '-' : `${facts.timeOffsetSeconds.toFixed(3)} s`],
            [cliHostText.installed, orDash(versions(facts?.postgresInstalled))],
            [cliHostText.offered, orDash(versions(facts?.postgresOffered))],
            [
              cliHostText.servers,
              orDash(row.servers.map(({ name, role, state }) => `${name} (${role}, ${state})`)),
            ],
            [
              guardianText.guardian,
              orDash(guardian.servers.map((one) => diskLine(one, guardian.settings, printer.say))),
              toneOf(guardian),
            ],
            [cliHostText.agent, row.agentVersion ?? '-'],
            [cliHostText.certificateEnds, momentOf(row.certificateEndsAt)],
            [cliHostText.lastSeen, momentOf(row.lastSeenAt)],
          ]);
        },
      });
    },
  }),

  defineCommand('host add', {
    summary: cliHostText.add,
    detail: cliHostText.addDetail,
    options: {
      name: { type: 'string', value: 'name', title: cliHostText.nameOption },
      again: { type: 'string', value: 'host', title: cliHostText.againOption, completes: 'host list' },
      'server-url': { type: 'string', value: 'url', title: cliHostText.serverUrlOption },
    },
    examples: ['elepherd host add --name db-1', 'elepherd host add --again db-1'],
    async run({ api, options, printer }) {
      const client = await api();
      const answer = await client.post('/api/fleet/enrolments', {
        hostName: options.name,
        hostId: options.again === undefined ? undefined : await findHostId(client, options.again),
        serverUrl: options['server-url'],
      });
      printer.show(answer, NewEnrolment, {
        quiet: ({ command }) => [command],
        people({ command, expiresAt }) {
          printer.note(cliHostText.pasteUntil(momentOf(expiresAt)));
          printer.line(command);
        },
      });
    },
  }),

  defineCommand('host update', {
    summary: cliHostText.update,
    arguments: host,
    options: {
      name: { type: 'string', value: 'name', title: cliHostText.newName },
      address: { type: 'string', value: 'address', title: cliHostText.addressOption },
      'failure-domain': { type: 'string', value: 'name', title: cliHostText.domainOption },
    },
    async run({ api, arguments: given, options, printer }) {
      const domain = options['failure-domain'];
      const change = {
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(options.address === undefined ? {} : { address: options.address }),
        ...(domain === undefined ? {} : { failureDomain: domain === '' ? null : domain }),
      };
      if (Object.keys(change).length === 0) throw usageFailure(cliHostText.nothingToChange);
      const client = await api();
      const id = await findHostId(client, given.host);
      printer.show(await client.patch(`/api/fleet/hosts/${id}`, change), Host, {
        quiet: ({ name }) => [name],
        people: ({ name }) => printer.tell(cliHostText.changed(name)),
      });
    },
  }),

  defineCommand('host guard', {
    summary: guardianText.guardSummary,
    detail: guardianText.guardDetail,
    arguments: host,
    options: {
      mode: { type: 'string', choices: ['act', 'watch'], title: guardianText.modeOption },
      'drop-slots': { type: 'string', choices: ['yes', 'no'], title: guardianText.slotsOption },
    },
    async run({ api, arguments: given, options, printer }) {
      const client = await api();
      const id = await findHostId(client, given.host);
      const slots = options['drop-slots'];
      const answer = await client.patch(`/api/fleet/hosts/${id}/guardian`, {
        ...(options.mode === undefined ? {} : { mode: options.mode }),
        ...(slots === undefined ? {} : { dropInactiveSlots: slots === 'yes' }),
      });
      printer.done(answer, guardianText.guarded(given.host));
    },
  }),

  defineCommand('host confirm', {
    summary: guardianText.confirmSummary,
    detail: guardianText.confirmDetail,
    arguments: host,
    options: { 'writes-for': { type: 'number', value: 'minutes', title: guardianText.writesForOption } },
    examples: ['elepherd host confirm db-1', 'elepherd host confirm db-1 --writes-for 30'],
    async run({ api, arguments: given, options, printer }) {
      const client = await api();
      const id = await findHostId(client, given.host);
      const answer = await client.post(`/api/fleet/hosts/${id}/guardian/confirm`, {
        writesForMinutes: options['writes-for'] ?? 0,
      });
      printer.show(answer, HostGuardian, {
        quiet: ({ servers }) => servers.map(({ name }) => name),
        people({ servers }) {
          for (const { name, readOnly, freeBytes, thresholds } of servers) {
            printer.tell(
              readOnly
                ? guardianText.stillShort(name, sizeOf(freeBytes), sizeOf(thresholds.readOnlyBytes * 1.1))
                : guardianText.writesTaken(name),
            );
          }
        },
      });
    },
  }),

  defineCommand('host drain', {
    summary: cliHostText.drain,
    arguments: host,
    async run({ api, arguments: given, printer }) {
      const client = await api();
      const id = await findHostId(client, given.host);
      printer.done(
        await client.post(`/api/fleet/hosts/${id}/drain`, { draining: true }),
        cliHostText.drained(given.host),
      );
    },
  }),

  defineCommand('host undrain', {
    summary: cliHostText.undrain,
    arguments: host,
    async run({ api, arguments: given, printer }) {
      const client = await api();
      const id = await findHostId(client, given.host);
      printer.done(
        await client.post(`/api/fleet/hosts/${id}/drain`, { draining: false }),
        cliHostText.undrained(given.host),
      );
    },
  }),

  defineCommand('host revoke', {
    summary: cliHostText.revoke,
    arguments: host,
    destroys: true,
    async run(call) {
      const client = await call.api();
      const id = await findHostId(client, call.arguments.host);
      const { name } = (await client.get(`/api/fleet/hosts/${id}`)).as(Host);
      await confirmLoss(call, cliHostText.willRevoke(name), name);
      call.printer.done(await client.post(`/api/fleet/hosts/${id}/revoke`), cliHostText.revoked(name));
    },
  }),

  defineCommand('host remove', {
    summary: cliHostText.remove,
    arguments: host,
    destroys: true,
    async run(call) {
      const client = await call.api();
      const id = await findHostId(client, call.arguments.host);
      const { name } = (await client.get(`/api/fleet/hosts/${id}`)).as(Host);
      await confirmLoss(call, cliHostText.willRemove(name), name);
      call.printer.done(await client.delete(`/api/fleet/hosts/${id}`), cliHostText.removed(name));
    },
  }),
];

const orDash = (values: readonly string[]) => (values.length === 0 ? '-' : values);

const stageWords: Record<GuardedServer['stage'], Text> = {
  calm: guardianText.calm,
  warned: guardianText.warned,
  'reserve-released': guardianText.reserveReleased,
  'read-only': guardianText.readOnly,
};

/** One line on the disk under a server: how far the guardian went, the room, and when it ends. */
function diskLine(one: GuardedServer, settings: GuardianSettings, say: (text: Text) => string): string {
  const days = one.daysToFull;
  const parts = [
    say(guardianText.diskOf(one.name, stageWords[one.stage], sizeOf(one.freeBytes), sizeOf(one.sizeBytes))),
    ...(days === null
      ? []
      : [say(days < 1 ? guardianText.fullSoon : guardianText.fullIn(String(Math.round(days))))]),
    ...one.causes.map((cause) => say(causeWords(cause))),
    ...(settings.mode === 'watch' ? [say(guardianText.watchesOnly)] : []),
  ];
  return parts.join('; ');
}

function toneOf({ servers }: HostGuardian): Tone {
  if (servers.some((one) => one.stage === 'read-only' || one.stage === 'reserve-released')) return 'bad';
  return servers.some((one) => one.stage === 'warned') ? 'warning' : 'good';
}

function stateOf({ phase, online }: Pick<Host, 'phase' | 'online'>): readonly [Text, Tone] {
  if (phase === 'removed') return [cliHostText.wasRemoved, 'quiet'];
  if (!online) return [cliHostText.offline, 'bad'];
  return phase === 'draining' ? [cliHostText.draining, 'warning'] : [cliHostText.online, 'good'];
}

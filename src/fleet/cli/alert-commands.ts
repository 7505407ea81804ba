import { z } from 'zod';
import { alertPageText } from '#src/fleet/contract/alert-pages.text.ts';
import { Alert, AlertDetail, type Severity, Silence } from '#src/fleet/contract/alerts.ts';
import { cliAlertText } from '#src/fleet/contract/cli-alerts.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { page } from '#src/platform/contract/pages.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { exitCode } from '#src/platform/cli/exit-code.ts';
import { CliFailure } from '#src/platform/cli/failure.ts';
import { momentOf } from '#src/platform/cli/format.ts';
import { isId } from '#src/platform/cli/id.ts';
import type { Printer } from '#src/platform/cli/printer.ts';
import type { Tone } from '#src/platform/cli/style.ts';
import { findCluster } from './find-cluster.ts';
import { findHostId } from './find-host.ts';

const usualMinutes = 120;

const alertArgument = { name: 'alert', title: cliAlertText.alert, completes: 'alert list' } as const;
const silenceArgument = { name: 'silence', title: cliAlertText.silence, completes: 'silence list' } as const;

function pathOf(noun: 'alerts' | 'silences', id: string): string {
  if (!isId(id)) throw new CliFailure(exitCode.notFound, cliAlertText.notId(id.slice(0, 60)));
  return `/api/fleet/${noun}/${id}`;
}

const severities: Record<Severity, readonly [Text, Tone]> = {
  critical: [alertPageText.critical, 'bad'],
  warning: [alertPageText.warning, 'warning'],
  info: [alertPageText.info, 'quiet'],
};
const states: Record<Alert['state'], readonly [Text, Tone]> = {
  firing: [alertPageText.firing, 'bad'],
  acknowledged: [alertPageText.acknowledged, 'warning'],
  resolved: [alertPageText.resolved, 'good'],
};

/** Commands on alerts and silences. */
export const alertCommands = [
  defineCommand('alert list', {
    summary: cliAlertText.list,
    options: {
      state: {
        type: 'string',
        choices: ['open', 'firing', 'acknowledged', 'resolved', 'all'],
        title: cliAlertText.optionState,
      },
    },
    pages: true,
    async run({ api, options, paging, printer }) {
      const answer = await (await api()).get('/api/fleet/alerts', { ...paging, state: options.state });
      printer.show(answer, page(Alert), {
        quiet: ({ items }) => items.map(({ id }) => id),
        people({ items, nextCursor }) {
          printer.table(
            [
              { title: cliAlertText.id, value: ({ id }) => id },
              {
                title: cliAlertText.severity,
                value: ({ severity }) => printer.say(severities[severity][0]),
                tone: ({ severity }) => severities[severity][1],
              },
              {
                title: cliAlertText.state,
                value: ({ state }) => printer.say(states[state][0]),
                tone: ({ state }) => states[state][1],
              },
              { title: cliAlertText.since, value: ({ startedAt }) => momentOf(startedAt) },
              { title: cliAlertText.summary, value: ({ summary }) => printer.say(summary) },
            ],
            items,
            cliAlertText.none,
          );
          printer.more(nextCursor);
        },
      });
    },
  }),

  defineCommand('alert show', {
    summary: cliAlertText.show,
    arguments: [alertArgument],
    async run({ api, arguments: given, printer }) {
      printer.show(await (await api()).get(pathOf('alerts', given.alert)), AlertDetail, {
        quiet: ({ state }) => [state],
        people: (alert) => showAlert(printer, alert),
      });
    },
  }),

  defineCommand('alert acknowledge', {
    summary: cliAlertText.acknowledge,
    arguments: [alertArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).post(`${pathOf('alerts', given.alert)}/acknowledge`);
      printer.show(answer, AlertDetail, {
        quiet: ({ id }) => [id],
        people: ({ title }) => printer.tell(cliAlertText.isAcknowledged(printer.say(title))),
      });
    },
  }),

  defineCommand('silence list', {
    summary: cliAlertText.silenceList,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/fleet/silences'), z.array(Silence), {
        quiet: (items) => items.map(({ id }) => id),
        people: (items) =>
          printer.table(
            [
              { title: cliAlertText.id, value: ({ id }) => id },
              {
                title: cliAlertText.state,
                value: ({ active }) => printer.say(active ? cliAlertText.holds : cliAlertText.waits),
                tone: ({ active }) => (active ? 'warning' : 'quiet'),
              },
              {
                title: cliAlertText.covers,
                value: ({ rule, host, cluster }) =>
                  [rule, cluster?.name, host?.name].filter((part) => part != null).join(' ') ||
                  printer.say(cliAlertText.everything),
              },
              {
                title: cliAlertText.until,
                value: ({ endsAt }) => (endsAt === null ? '-' : momentOf(endsAt)),
              },
              { title: cliAlertText.by, value: ({ createdBy }) => createdBy },
              { title: cliAlertText.reason, value: ({ reason }) => reason },
            ],
            items,
            cliAlertText.noSilence,
          ),
      });
    },
  }),

  defineCommand('silence add', {
    summary: cliAlertText.silenceAdd,
    arguments: [{ name: 'reason', title: cliAlertText.reason }],
    options: {
      minutes: { type: 'number', value: 'minutes', title: cliAlertText.optionMinutes },
      rule: { type: 'string', value: 'rule', title: cliAlertText.optionRule },
      on: { type: 'string', value: 'host', title: cliAlertText.optionHost, completes: 'host list' },
      cluster: {
        type: 'string',
        value: 'cluster',
        title: cliAlertText.optionCluster,
        completes: 'cluster list',
      },
    },
    examples: ['elepherd silence add "New disks" --on db-1 --minutes 60'],
    async run({ api, arguments: given, options, printer }) {
      const client = await api();
      const { on: host, cluster } = options;
      const answer = await client.post('/api/fleet/silences', {
        reason: given.reason,
        minutes: options.minutes ?? usualMinutes,
        rule: options.rule,
        hostId: host === undefined ? undefined : await findHostId(client, host),
        clusterId: cluster === undefined ? undefined : (await findCluster(client, cluster)).cluster.id,
      });
      printer.show(answer, Silence, {
        quiet: ({ id }) => [id],
        people: ({ id, endsAt }) =>
          printer.tell(cliAlertText.isSilenced(endsAt === null ? '-' : momentOf(endsAt), id)),
      });
    },
  }),

  defineCommand('silence end', {
    summary: cliAlertText.silenceEnd,
    arguments: [silenceArgument],
    async run({ api, arguments: given, printer }) {
      const path = pathOf('silences', given.silence);
      printer.done(await (await api()).delete(path), cliAlertText.isEnded(given.silence));
    },
  }),
];

function showAlert(printer: Printer, alert: AlertDetail): void {
  const { say } = printer;
  const { explanation } = alert;
  const [severity, severityTone] = severities[alert.severity];
  const [state, stateTone] = states[alert.state];
  printer.facts([
    [cliAlertText.title, say(alert.title)],
    [cliAlertText.summary, say(alert.summary)],
    [cliAlertText.severity, say(severity), severityTone],
    [cliAlertText.state, say(state), stateTone],
    [cliAlertText.since, momentOf(alert.startedAt)],
    ...(alert.resolvedAt === null ? [] : [[cliAlertText.ended, momentOf(alert.resolvedAt)] as const]),
    ...(alert.cluster ? [[cliAlertText.cluster, alert.cluster.name] as const] : []),
    ...(alert.host ? [[cliAlertText.host, alert.host.name] as const] : []),
    [cliAlertText.rule, alert.rule],
    ...(alert.acknowledgedBy === null ? [] : [[cliAlertText.acknowledgedBy, alert.acknowledgedBy] as const]),
    ...(alert.silencedBecause === null ? [] : [[cliAlertText.silenced, alert.silencedBecause] as const]),
  ]);
  for (const [title, words] of [
    [cliAlertText.meaning, explanation.meaning],
    [cliAlertText.ignored, explanation.ignored],
    [cliAlertText.nextStep, explanation.nextStep],
  ] as const) {
    printer.line();
    printer.line(say(title));
    printer.line(`  ${say(words)}`);
  }
}

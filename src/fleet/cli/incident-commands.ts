import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import { Timeline } from '#src/fleet/contract/incidents.ts';
import { PanelData } from '#src/fleet/contract/metrics-panels.ts';
import { curvePanels, hasFigures } from '#src/fleet/contract/timeline-curves.ts';
import { kindWords, severityWords, timelineHtml } from '#src/fleet/contract/timeline-html.ts';
import type { Api } from '#src/platform/cli/api.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { usageFailure } from '#src/platform/cli/failure.ts';
import { lengthOf, momentOf } from '#src/platform/cli/format.ts';
import type { Tone } from '#src/platform/cli/style.ts';
import { clusterPath } from './find-cluster.ts';

const unitMs: Record<string, number> = { m: 60_000, h: 3_600_000, d: 24 * 3_600_000 };
const tones: Record<string, Tone> = { info: 'quiet', warning: 'warning', critical: 'bad' };

/** The key figures of a line of time; none when they are not kept or not for this person: the page is worth having without. */
async function findCurves(server: Api, cluster: string, { from, to }: Timeline): Promise<PanelData[]> {
  const [start, end] = [from, to].map((iso) => Math.floor(Date.parse(iso) / 1000));
  const panels = await Promise.all(
    curvePanels.map((panel) =>
      server
        .get(`/api/fleet/metrics/panels/${panel}`, { cluster, from: start, to: end })
        .then((answer) => answer.as(PanelData))
        .catch(() => undefined),
    ),
  );
  return panels.filter((panel) => panel !== undefined).filter(hasFigures);
}

/** Commands on what happened. */
export const incidentCommands = [
  defineCommand('timeline', {
    summary: incidentText.cliTimeline,
    detail: incidentText.cliTimelineDetail,
    arguments: [{ name: 'cluster', title: incidentText.cluster, completes: 'cluster list' }],
    options: {
      since: { type: 'string', value: 'time', title: incidentText.sinceOption },
      html: { type: 'boolean', title: incidentText.htmlOption },
    },
    examples: ['elepherd timeline orders --since 7d', 'elepherd timeline orders --html > incident.html'],
    async run({ api, arguments: given, options, printer }) {
      const [, number = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(options.since ?? '24h') ?? [];
      if (unit === '') throw usageFailure(incidentText.badSince);
      const from = new Date(Date.now() - Number(number) * unitMs[unit]!).toISOString();
      const server = await api();
      const answer = await server.get(`${clusterPath(given.cluster)}/timeline`, { from });
      if (options.html) {
        const timeline = answer.as(Timeline);
        const curves = await findCurves(server, given.cluster, timeline);
        return printer.raw(timelineHtml(timeline, printer.locale, curves));
      }
      printer.show(answer, Timeline, {
        quiet: ({ entries }) => entries.map(({ id }) => id),
        people({ entries, truncated }) {
          printer.table(
            [
              { title: incidentText.time, value: ({ at }) => momentOf(at) },
              {
                title: incidentText.lasted,
                align: 'right',
                value: ({ at, endedAt }) =>
                  endedAt === undefined
                    ? ''
                    : endedAt === null
                      ? printer.say(incidentText.goesOn)
                      : lengthOf(at, endedAt, printer.locale),
              },
              { title: incidentText.kind, value: ({ kind }) => printer.say(kindWords[kind]) },
              {
                title: incidentText.severity,
                value: ({ severity }) => printer.say(severityWords[severity]),
                tone: ({ severity }) => tones[severity],
              },
              { title: incidentText.host, value: ({ hostName }) => hostName ?? '-' },
              { title: incidentText.what, value: ({ text }) => printer.say(text) },
            ],
            entries,
            incidentText.none,
          );
          if (truncated) printer.note(incidentText.truncated);
        },
      });
    },
  }),
];

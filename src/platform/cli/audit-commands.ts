import { AuditEntry, AuditVerification } from '../contract/audit.ts';
import { cliCommandText } from '../contract/cli-commands.text.ts';
import { page } from '../contract/pages.ts';
import { defineCommand } from './command.ts';
import { exitCode } from './exit-code.ts';
import { CliFailure, usageFailure } from './failure.ts';
import { momentOf } from './format.ts';

/** Commands on the audit log. */
export const auditCommands = [
  defineCommand('audit list', {
    summary: cliCommandText.auditList,
    pages: true,
    options: {
      actor: { type: 'string', value: 'who', title: cliCommandText.optionActor },
      action: { type: 'string', value: 'action', title: cliCommandText.optionAction },
      subject: { type: 'string', value: 'id', title: cliCommandText.onlySubject },
      from: { type: 'string', value: 'moment', title: cliCommandText.optionFrom },
      until: { type: 'string', value: 'moment', title: cliCommandText.optionTo },
    },
    examples: ['elepherd audit list --action fleet.cluster --from 2026-11-01'],
    async run({ api, options, paging, printer }) {
      const { actor, action, subject } = options;
      const from = readMoment('--from', options.from);
      const to = readMoment('--until', options.until);
      const answer = await (
        await api()
      ).get('/api/platform/audit', { ...paging, actor, action, subject, from, to });
      printer.show(answer, page(AuditEntry), {
        quiet: ({ items }) => items.map(({ action }) => action),
        people({ items, nextCursor }) {
          printer.table(
            [
              { title: cliCommandText.when, value: ({ at }) => momentOf(at) },
              {
                title: cliCommandText.actor,
                value: ({ actorName, actorKind }) => `${actorName} (${actorKind})`,
              },
              { title: cliCommandText.action, value: ({ action }) => action },
              { title: cliCommandText.subject, value: ({ subjectId }) => subjectId ?? '-' },
              { title: cliCommandText.details, value: ({ details }) => shortDetails(details) },
            ],
            items,
            cliCommandText.noEntries,
          );
          printer.more(nextCursor);
        },
      });
    },
  }),

  defineCommand('audit verify', {
    summary: cliCommandText.auditVerify,
    async run({ api, printer }) {
      const answer = await (await api()).get('/api/platform/audit/verification');
      const { rows, brokenAt } = answer.as(AuditVerification);
      if (printer.json) printer.raw(answer.json);
      if (brokenAt !== null)
        throw new CliFailure(exitCode.failed, cliCommandText.chainBroken(brokenAt, rows));
      if (!printer.json && !printer.quiet) printer.tell(cliCommandText.chainWhole(rows));
    },
  }),
];

function readMoment(typed: string, given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  // A day begins where the person is, not in Greenwich.
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given);
  const at = new Date(isDay ? `${given}T00:00:00` : /^\d{4}-\d{2}-\d{2}T/.test(given) ? given : Number.NaN);
  if (Number.isNaN(at.getTime())) throw usageFailure(cliCommandText.notMoment(typed, given.slice(0, 60)));
  return at.toISOString();
}

function shortDetails(details: Record<string, unknown>): string {
  const parts = Object.entries(details).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return parts.join(' ').slice(0, 200);
}

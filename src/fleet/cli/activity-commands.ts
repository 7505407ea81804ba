import { LockTree, LogTail } from '#src/fleet/contract/activity.ts';
import { activityText as text, errorClassWords } from '#src/fleet/contract/activity.text.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { clusterArgument, clusterPath } from './find-cluster.ts';

const secondsOf = (seconds: number) => `${Math.round(seconds)} s`;

/** Commands on what goes on in a cluster now. */
export const activityCommands = [
  defineCommand('locks', {
    summary: text.cliLocks,
    arguments: [clusterArgument],
    examples: ['elepherd locks orders'],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).get(`${clusterPath(given.cluster)}/locks`);
      printer.show(answer, LockTree, {
        quiet: ({ sessions }) => sessions.filter(({ depth }) => depth === 0).map(({ pid }) => String(pid)),
        people({ sessions }) {
          printer.table(
            [
              {
                title: text.session,
                value: ({ depth, pid }) => `${'  '.repeat(depth)}${pid || printer.say(text.prepared)}`,
              },
              { title: text.who, value: ({ user, database }) => `${user}@${database}` },
              { title: text.state, value: ({ state }) => state },
              {
                title: text.since,
                align: 'right',
                value: ({ stateSeconds }) => secondsOf(stateSeconds),
              },
              { title: text.holdsUp, align: 'right', value: ({ holdsUp }) => String(holdsUp) },
              { title: text.waits, value: ({ wants, waitsFor }) => wants || waitsFor || '-' },
              { title: text.statement, value: ({ statement }) => statement.slice(0, 80) },
            ],
            sessions,
            text.noLocks,
          );
        },
      });
    },
  }),
  defineCommand('log', {
    summary: text.cliLog,
    arguments: [clusterArgument],
    options: {
      member: { type: 'string', value: 'name', title: text.optionMember },
      lines: { type: 'number', value: 'number', title: text.optionLines },
      errors: { type: 'boolean', title: text.optionErrors },
    },
    examples: ['elepherd log orders --errors --lines 50'],
    async run({ api, arguments: given, options, printer }) {
      const answer = await (
        await api()
      ).get(`${clusterPath(given.cluster)}/log`, {
        ...(options.member === undefined ? {} : { member: options.member }),
        ...(options.lines === undefined ? {} : { lines: String(options.lines) }),
        only: options.errors ? 'errors' : 'all',
      });
      printer.show(answer, LogTail, {
        quiet: ({ lines }) => lines.map((line) => line.text),
        people({ lines }) {
          printer.table(
            [
              {
                title: text.errorClass,
                value: ({ errorClass }) =>
                  errorClass === null ? '' : printer.say(errorClassWords[errorClass]),
              },
              { title: text.line, value: (line) => line.text },
            ],
            lines,
            text.noLines,
          );
        },
      });
    },
  }),
];

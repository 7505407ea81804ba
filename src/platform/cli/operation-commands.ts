import { z } from 'zod';
import { cliText } from '../contract/cli.text.ts';
import { cliCommandText } from '../contract/cli-commands.text.ts';
import type { Text } from '../contract/i18n.ts';
import { Operation, OperationLogLine, type OperationState } from '../contract/operations.ts';
import { page } from '../contract/pages.ts';
import { defineCommand } from './command.ts';
import { exitCode } from './exit-code.ts';
import { CliFailure } from './failure.ts';
import { lengthOf, momentOf } from './format.ts';
import { isId } from './id.ts';
import { endStarted } from './started.ts';
import type { Tone } from './style.ts';

const operationId = [
  { name: 'operation', title: cliCommandText.operationId, completes: 'operation list' },
] as const;
function pathOf(id: string): string {
  if (!isId(id)) throw new CliFailure(exitCode.notFound, cliCommandText.notOperation(id.slice(0, 60)));
  return `/api/platform/operations/${id}`;
}

const stateWords: Record<OperationState, readonly [Text, Tone]> = {
  running: [cliCommandText.running, 'warning'],
  cancelling: [cliCommandText.stateCancelling, 'warning'],
  succeeded: [cliCommandText.stateSucceeded, 'good'],
  failed: [cliCommandText.stateFailed, 'bad'],
  cancelled: [cliCommandText.stateCancelled, 'quiet'],
};

const stepWords = {
  done: [cliText.stepDone, 'good'],
  running: [cliCommandText.running, 'warning'],
  waiting: [cliCommandText.running, 'warning'],
  failed: [cliText.stepFailed, 'bad'],
  todo: [cliText.stepTodo, 'quiet'],
  skipped: [cliText.stepSkipped, 'quiet'],
} as const satisfies Record<string, readonly [Text, Tone]>;

/** Commands on long work. */
export const operationCommands = [
  defineCommand('operation list', {
    summary: cliCommandText.operationList,
    pages: true,
    options: { subject: { type: 'string', value: 'id', title: cliCommandText.onlySubject } },
    async run({ api, options, paging, printer }) {
      const answer = await (
        await api()
      ).get('/api/platform/operations', { ...paging, subjectId: options.subject });
      printer.show(answer, page(Operation), {
        quiet: ({ items }) => items.map(({ id }) => id),
        people({ items, nextCursor }) {
          printer.table(
            [
              { title: cliCommandText.id, value: ({ id }) => id },
              { title: cliCommandText.what, value: ({ title }) => printer.say(title) },
              {
                title: cliCommandText.state,
                value: ({ state }) => printer.say(stateWords[state][0]),
                tone: ({ state }) => stateWords[state][1],
              },
              {
                title: cliCommandText.step,
                value: ({ step, steps }) =>
                  printer.say(steps.find(({ name }) => name === step)?.title ?? sameWord(step)),
              },
              { title: cliCommandText.begun, value: ({ createdAt }) => momentOf(createdAt) },
              {
                title: cliCommandText.took,
                align: 'right',
                value: ({ createdAt, endedAt }) => lengthOf(createdAt, endedAt, printer.locale),
              },
              { title: cliCommandText.by, value: ({ startedBy }) => startedBy ?? '-' },
            ],
            items,
            cliCommandText.noOperations,
          );
          printer.more(nextCursor);
        },
      });
    },
  }),

  defineCommand('operation show', {
    summary: cliCommandText.operationShow,
    arguments: operationId,
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).get(pathOf(given.operation));
      printer.show(answer, Operation, {
        quiet: ({ state }) => [state],
        people(operation) {
          const [word, tone] = stateWords[operation.state];
          printer.facts([
            [cliCommandText.what, printer.say(operation.title)],
            [cliCommandText.id, operation.id],
            [cliCommandText.state, printer.say(word), tone],
            ...(operation.reason ? [[cliCommandText.reason, printer.say(operation.reason)] as const] : []),
            [cliCommandText.begun, momentOf(operation.createdAt)],
            [cliCommandText.ended, momentOf(operation.endedAt)],
            [cliCommandText.deadline, momentOf(operation.deadlineAt)],
            [cliCommandText.by, operation.startedBy ?? '-'],
          ]);
          printer.heading(cliCommandText.steps);
          printer.table(
            [
              { title: cliCommandText.step, value: ({ title }) => printer.say(title) },
              {
                title: cliCommandText.state,
                value: ({ state }) => printer.say(stepWords[state][0]),
                tone: ({ state }) => stepWords[state][1],
              },
              {
                title: cliCommandText.took,
                align: 'right',
                value: ({ startedAt, endedAt }) => lengthOf(startedAt, endedAt, printer.locale),
              },
            ],
            operation.steps,
            cliCommandText.noOperations,
          );
        },
      });
    },
  }),

  defineCommand('operation watch', {
    summary: cliCommandText.operationWatch,
    arguments: operationId,
    waits: true,
    async run(call) {
      const api = await call.api();
      const answer = await api.get(pathOf(call.arguments.operation));
      const { id, title } = answer.as(Operation);
      await endStarted({ ...call, wait: call.wait ?? { timeoutSeconds: undefined } }, api, answer, {
        operationId: id,
        begun: title,
        done: cliCommandText.succeeded(call.printer.say(title)),
      });
    },
  }),

  defineCommand('operation log', {
    summary: cliCommandText.operationLog,
    arguments: operationId,
    options: { after: { type: 'number', value: 'number', title: cliCommandText.afterLine } },
    async run({ api, arguments: given, options, printer }) {
      const client = await api();
      // People get the whole log; programs get the page they asked for.
      for (let after = options.after ?? 0; ;) {
        const answer = await client.get(`${pathOf(given.operation)}/log`, { after });
        if (printer.json) return printer.raw(answer.json);
        const lines = answer.as(z.array(OperationLogLine));
        for (const { id, at, level, text } of lines) {
          const mark =
            level === 'info'
              ? ''
              : `${printer.say(level === 'error' ? cliText.levelError : cliText.levelWarning)}: `;
          printer.line(printer.quiet ? printer.say(text) : `${momentOf(at)}  ${mark}${printer.say(text)}`);
          after = id;
        }
        if (lines.length === 0) return;
      }
    },
  }),

  defineCommand('operation cancel', {
    summary: cliCommandText.operationCancel,
    arguments: operationId,
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).post(`${pathOf(given.operation)}/cancel`);
      printer.show(answer, Operation, {
        quiet: ({ id }) => [id],
        people({ id, title }) {
          printer.tell(cliCommandText.cancelling(printer.say(title)));
          printer.note(cliText.howToWatch(id));
        },
      });
    },
  }),

  defineCommand('operation retry', {
    summary: cliCommandText.operationRetry,
    arguments: operationId,
    waits: true,
    async run(call) {
      const api = await call.api();
      const answer = await api.post(`${pathOf(call.arguments.operation)}/retry`);
      const { id, title } = answer.as(Operation);
      const words = call.printer.say(title);
      await endStarted(call, api, answer, {
        operationId: id,
        begun: cliCommandText.retrying(words),
        done: cliCommandText.succeeded(words),
      });
    },
  }),
];

const sameWord = (word: string): Text => ({ en: word, 'zh-CN': word });

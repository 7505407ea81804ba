import { cliText } from '../contract/cli.text.ts';
import type { Text } from '../contract/i18n.ts';
import type { Operation } from '../contract/operations.ts';
import { type Answer, type Api, segment } from './api.ts';
import type { Call } from './command.ts';
import { watchOperation } from './watch-operation.ts';

/** What a command says about the operation it started. */
export interface StartedViews {
  operationId: string;
  /** What has begun. */
  begun: Text;
  /** What is so once it has succeeded. */
  done: Text;
  /** What a script gets with `--quiet`; the operation's id when left out. */
  quiet?: string;
  /** With `--wait --json`: where to read the result; the operation itself when left out. */
  resultPath?: string;
}

/**
 * Ends a command that started an operation. Without `--wait` it says how to look; with it, it shows the work to its end
 * and answers the operation as it ended, after printing the result.
 */
export async function endStarted<Any, Other>(
  call: Call<Any, Other>,
  api: Api,
  answer: Answer,
  views: StartedViews,
): Promise<Operation | undefined> {
  const { printer, terminal, wait } = call;
  const { operationId } = views;
  if (wait === undefined) {
    if (printer.json) printer.raw(answer.json);
    else if (printer.quiet) printer.line(views.quiet ?? operationId);
    else {
      printer.tell(views.begun);
      printer.note(cliText.howToWatch(operationId));
    }
    return undefined;
  }
  const ended = await watchOperation({
    api,
    terminal,
    printer,
    operationId,
    timeoutSeconds: wait.timeoutSeconds,
  });
  if (printer.json) {
    const path = views.resultPath ?? `/api/platform/operations/${segment(operationId)}`;
    printer.raw((await api.get(path)).json);
  } else if (printer.quiet) printer.line(views.quiet ?? operationId);
  else printer.tell(views.done);
  return ended;
}

import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { askMembers, awaitOrder, patroniOrder, servers } from '#src/fleet/server/clusters/ask-members.ts';
import type { ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { fail, type StepContext, type StepResult } from '#src/platform/server/operations/define-operation.ts';
import { answerLine } from './patroni.rules.ts';

/** Patroni answers 503 to a restart that is not needed, when only needed ones were asked for. */
const notNeeded = /not (?:required|satisfied|needed)|restart conditions/i;

/**
 * Restarts members one after another, each only once the one before streams again; those that need no restart are left
 * alone when `onlyPending`. Answers undefined when all are through.
 */
export async function restartMembers(
  op: StepContext,
  build: ClusterBuild,
  names: readonly string[],
  options: { onlyPending: boolean; stage: string },
): Promise<StepResult | undefined> {
  for (const name of names) {
    const member = servers(build).find((m) => m.name === name);
    if (!member) continue;
    const asked = await askMembers(op, [
      patroniOrder(build, member, `restart ${options.stage} ${name}`, {
        method: 'POST',
        path: '/restart',
        body: options.onlyPending ? { restart_pending: true } : {},
        timeoutSeconds: 600,
      }),
    ]);
    if (asked.not) return asked.not;
    const output = asked.tasks[0]?.output;
    const answer = answerLine(output?.body);
    if (!output || (output.status >= 300 && !notNeeded.test(answer)))
      return fail(upkeepText.patroniRefused(answer));
    const settled = await askMembers(op, [
      awaitOrder(
        build,
        member,
        'members-stream',
        servers(build).map((m) => m.name),
        300,
        `settle ${options.stage} ${name}`,
      ),
    ]);
    if (settled.not) return settled.not;
    if (output.status < 300 && op.data[`said ${options.stage} ${name}`] !== true) {
      await op.remember({ [`said ${options.stage} ${name}`]: true });
      await op.say(upkeepText.restarted(name));
    }
  }
  return undefined;
}

import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { askMembers, patroniOrder } from '#src/fleet/server/clusters/ask-members.ts';
import { dynamicConfig } from '#src/fleet/server/clusters/files.rules.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { reachable } from '#src/fleet/server/members/move-leader.ts';
import { answerLine } from '#src/fleet/server/members/patroni.rules.ts';
import { fail, type StepContext, type StepResult } from '#src/platform/server/operations/define-operation.ts';

/** Gives a cluster the archive and restore commands that its plan wishes, through Patroni; undefined when its members were told. */
export async function giveArchive(
  op: StepContext,
  clusterId: string,
  stage: string,
): Promise<StepResult | undefined> {
  const build = await getClusterBuild(op.db, clusterId);
  const members = await reachable(op, build);
  const [member] = members;
  if (!member) return fail(upkeepText.noPrimarySeen);
  const { parameters, recovery_conf } = dynamicConfig(build.spec).postgresql;
  const { archive_mode, archive_command, archive_timeout } = parameters;
  const body = {
    postgresql: {
      parameters: { archive_mode, archive_command, archive_timeout },
      // What is null Patroni forgets.
      recovery_conf: recovery_conf ?? null,
    },
  };
  const asked = await askMembers(op, [
    patroniOrder(build, member, `${stage} config`, { method: 'PATCH', path: '/config', body }),
  ]);
  if (asked.not) return asked.not;
  const output = asked.tasks[0]?.output;
  if (!output || output.status >= 300) return fail(upkeepText.patroniRefused(answerLine(output?.body)));
  const reloaded = await askMembers(
    op,
    members.map((m) =>
      patroniOrder(build, m, `${stage} reload ${m.name}`, { method: 'POST', path: '/reload', body: {} }),
    ),
  );
  return reloaded.not;
}

import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { askMembers, servers } from '#src/fleet/server/clusters/ask-members.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { lookAtCluster } from '#src/fleet/server/members/move-leader.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { defineOperation, done, fail, go, step } from '#src/platform/server/operations/define-operation.ts';
import { scripts, type ScriptName } from './rules.ts';

/** What the verifier of an operation's input is sealed for. */
export const verifierSeal = (clusterId: string) => `fleet.verifier:${clusterId}`;

/** Runs one change of databases, roles or extensions on the primary, whoever that is now. */
export const changeContents = defineOperation('fleet.change-contents', {
  title: upkeepText.contentsTitle,
  permission: 'fleet.database.manage',
  deadlineSeconds: 10 * 60,
  steps: {
    look: step(upkeepText.stepLook, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const seen = await lookAtCluster(op, build, 'look');
      if (seen.not) return seen.not;
      if (seen.leader === undefined) return fail(upkeepText.noPrimarySeen);
      await op.remember({ primary: seen.leader });
      return go('run');
    }),
    run: step(upkeepText.stepRunSql, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const member = servers(build).find((m) => m.name === op.data['primary']);
      if (!member) return fail(upkeepText.noPrimarySeen);
      const input = op.input as {
        script: ScriptName;
        database: string;
        variables: Record<string, string>;
        sealed?: string;
      };
      const verifier: Record<string, string> =
        input.sealed === undefined
          ? {}
          : {
              verifier: theVault()
                .open(Buffer.from(input.sealed, 'base64'), verifierSeal(build.id))
                .toString(),
            };
      const asked = await askMembers(op, [
        {
          member,
          kind: 'run-sql',
          key: 'run',
          input: {
            pgVersion: build.spec.pgVersion,
            port: build.spec.ports.postgres,
            database: input.database,
            script: scripts[input.script],
            variables: { ...input.variables, ...verifier },
            timeoutSeconds: 300,
          },
        },
      ]);
      if (asked.not) return asked.not;
      await op.say(upkeepText.sqlDone);
      return done;
    }),
  },
});

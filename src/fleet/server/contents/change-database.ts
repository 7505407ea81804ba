import { randomBytes, randomUUID } from 'node:crypto';
import type {
  CreateDatabase,
  CreateExtension,
  CreateRole,
  RoleSecret,
  Started,
} from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { lockCluster } from '#src/fleet/server/clusters/lock-cluster.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { changeContents, verifierSeal } from './change-contents.operation.ts';
import { isReservedDatabase, isReservedRole, scramVerifier, type ScriptName } from './rules.ts';

export type Change = {
  script: ScriptName;
  database?: string;
  variables: Record<string, string>;
  verifier?: string;
};

/** Starts one change on the primary of a cluster and writes down who wished it; never the password. */
export async function changeDatabase(
  ctx: Context,
  idOrName: string,
  action: string,
  change: Change,
): Promise<Started> {
  requirePermission(ctx, 'fleet.database.manage');
  return inTransaction(ctx, async (tx) => {
    const cluster = await lockCluster(tx, idOrName);
    const sealed =
      change.verifier === undefined
        ? {}
        : { sealed: theVault().seal(change.verifier, verifierSeal(cluster.id)).toString('base64') };
    const operationId = await startOperation(tx, changeContents, cluster.id, {
      script: change.script,
      database: change.database ?? 'postgres',
      variables: change.variables,
      ...sealed,
    });
    const { mark: _, ...said } = change.variables;
    await audit(tx, action, cluster.id, { cluster: cluster.name, database: change.database, ...said });
    return { operationId };
  });
}

function refuseReserved(isReserved: boolean, name: string): void {
  if (isReserved) throw new AppError('conflict', upkeepText.reservedName(name));
}

/** Makes a database, owned by `app` unless said otherwise. */
export async function createDatabase(ctx: Context, cluster: string, wish: CreateDatabase): Promise<Started> {
  refuseReserved(isReservedDatabase(wish.name), wish.name);
  const variables = { name: wish.name, owner: wish.owner ?? 'app' };
  return changeDatabase(ctx, cluster, 'fleet.database.create', { script: 'create-database', variables });
}

/** Drops a database with all that is in it. Refuses a name not typed exactly. */
export async function dropDatabase(
  ctx: Context,
  cluster: string,
  name: string,
  confirm: string,
): Promise<Started> {
  refuseReserved(isReservedDatabase(name), name);
  if (confirm !== name) throw new AppError('invalid', upkeepText.dropNotTyped(name));
  return changeDatabase(ctx, cluster, 'fleet.database.drop', {
    script: 'drop-database',
    variables: { name },
  });
}

/** Makes a role; one that may log in gets a password that is shown this once. */
export async function createRole(ctx: Context, cluster: string, wish: CreateRole): Promise<RoleSecret> {
  refuseReserved(isReservedRole(wish.name) || wish.name === 'app', wish.name);
  for (const group of wish.memberOf) refuseReserved(isReservedRole(group), group);
  const password = wish.canLogin ? newPassword() : '';
  const { operationId } = await changeDatabase(ctx, cluster, 'fleet.role.create', {
    script: 'create-role',
    variables: {
      name: wish.name,
      can_login: String(wish.canLogin),
      connection_limit: String(wish.connectionLimit),
      member_of: wish.memberOf.join(','),
      mark: randomUUID(),
    },
    // psql must know the variable even when there is nothing to set.
    verifier: password === '' ? '' : scramVerifier(password),
  });
  return { operationId, name: wish.name, password };
}

/** Gives a role a new password, shown this once. Refuses roles that Elepherd uses itself. */
export async function resetPassword(ctx: Context, cluster: string, name: string): Promise<RoleSecret> {
  // The first account's password is part of the connection URL that Elepherd shows; its own change comes with that.
  refuseReserved(isReservedRole(name) || name === 'app', name);
  const password = newPassword();
  const { operationId } = await changeDatabase(ctx, cluster, 'fleet.role.set-password', {
    script: 'set-password',
    variables: { name },
    verifier: scramVerifier(password),
  });
  return { operationId, name, password };
}

/** Drops a role. PostgreSQL refuses while it still owns something, and says what. */
export async function dropRole(ctx: Context, cluster: string, name: string): Promise<Started> {
  refuseReserved(isReservedRole(name) || name === 'app', name);
  return changeDatabase(ctx, cluster, 'fleet.role.drop', { script: 'drop-role', variables: { name } });
}

/** Makes an extension in a database. */
export async function createExtension(
  ctx: Context,
  cluster: string,
  wish: CreateExtension,
): Promise<Started> {
  return changeDatabase(ctx, cluster, 'fleet.extension.create', {
    script: 'create-extension',
    database: wish.database,
    variables: { name: wish.name },
  });
}

/** Drops an extension; PostgreSQL refuses while something depends on it. */
export async function dropExtension(ctx: Context, cluster: string, wish: CreateExtension): Promise<Started> {
  return changeDatabase(ctx, cluster, 'fleet.extension.drop', {
    script: 'drop-extension',
    database: wish.database,
    variables: { name: wish.name },
  });
}

const newPassword = () => randomBytes(18).toString('base64url');

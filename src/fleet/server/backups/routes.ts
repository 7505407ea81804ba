import { z } from 'zod';
import {
  BackupPlan,
  ClusterBackups,
  CreatePolicy,
  EnableBackups,
  Policy,
  RunBackup,
  UpdatePolicy,
} from '#src/fleet/contract/backups.ts';
import { Started } from '#src/fleet/contract/clusters.ts';
import { ClusterParam } from '#src/fleet/server/clusters/routes.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { createPolicy } from './create-policy.ts';
import { deletePolicy } from './delete-policy.ts';
import { disableBackups } from './disable-backups.ts';
import { enableBackups } from './enable-backups.ts';
import { lookAgain } from './look-at-repositories.ts';
import { getClusterBackups, getPolicy, listPlans, listPolicies } from './queries.ts';
import { startBackup } from './start-backup.ts';
import { updatePolicy } from './update-policy.ts';

const started = { 202: json(Started, 'Accepted; the operation does it') };

/** Backups of one cluster; mounted beside the cluster's own routes. */
export const clusterBackupRoutes = newRoutes();

clusterBackupRoutes.openapi(
  route('fleet.backup.read', {
    method: 'get',
    path: '/{cluster}/backups',
    summary: 'The plan of a cluster, its backups and its archived WAL',
    request: { params: ClusterParam },
    responses: { 200: json(ClusterBackups, 'As last seen') },
  }),
  async (c) => c.json(await getClusterBackups(c.var.ctx, c.req.valid('param').cluster), 200),
);

clusterBackupRoutes.openapi(
  route('fleet.backup.run', {
    method: 'post',
    path: '/{cluster}/backups',
    summary: 'Back a cluster up now',
    request: { params: ClusterParam, body: json(RunBackup, 'Which type, into which repository') },
    responses: started,
  }),
  async (c) => c.json(await startBackup(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

clusterBackupRoutes.openapi(
  route('fleet.backup.manage', {
    method: 'post',
    path: '/{cluster}/backups/enable',
    summary: 'Archive and back up by a policy into one or two repositories, or by others than before',
    request: { params: ClusterParam, body: json(EnableBackups, 'Policy and repositories') },
    responses: started,
  }),
  async (c) => c.json(await enableBackups(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

clusterBackupRoutes.openapi(
  route('fleet.backup.manage', {
    method: 'post',
    path: '/{cluster}/backups/disable',
    summary: 'End archiving and scheduled backups; what was backed up stays',
    request: { params: ClusterParam },
    responses: started,
  }),
  async (c) => c.json(await disableBackups(c.var.ctx, c.req.valid('param').cluster), 202),
);

clusterBackupRoutes.openapi(
  route('fleet.backup.read', {
    method: 'post',
    path: '/{cluster}/backups/look',
    summary: 'Ask the repositories what they hold now',
    request: { params: ClusterParam },
    responses: { 200: json(ClusterBackups, 'As just seen') },
  }),
  async (c) => c.json(await lookAgain(c.var.ctx, c.req.valid('param').cluster), 200),
);

/** How all clusters are protected. */
export const backupPlanRoutes = newRoutes();

backupPlanRoutes.openapi(
  route('fleet.backup.read', {
    method: 'get',
    path: '/',
    summary: 'Plans of all clusters that have one, by the name of the cluster',
    responses: { 200: json(z.array(BackupPlan), 'Plans') },
  }),
  async (c) => c.json(await listPlans(c.var.ctx), 200),
);

/** A policy is named by its id or by its name. */
const PolicyParam = z.object({ policy: z.string().min(1).max(60) });

export const backupPolicyRoutes = newRoutes();

backupPolicyRoutes.openapi(
  route('fleet.backup.read', {
    method: 'get',
    path: '/',
    summary: 'Policies of the organisation, by name',
    responses: { 200: json(z.array(Policy), 'Policies') },
  }),
  async (c) => c.json(await listPolicies(c.var.ctx), 200),
);

backupPolicyRoutes.openapi(
  route('fleet.backup.manage', {
    method: 'post',
    path: '/',
    summary: 'Keep a policy: when backups are taken and how long they stay',
    request: { body: json(CreatePolicy, 'Schedule and retention') },
    responses: { 201: json(Policy, 'The policy') },
  }),
  async (c) => c.json(await createPolicy(c.var.ctx, c.req.valid('json')), 201),
);

backupPolicyRoutes.openapi(
  route('fleet.backup.read', {
    method: 'get',
    path: '/{policy}',
    summary: 'One policy',
    request: { params: PolicyParam },
    responses: { 200: json(Policy, 'The policy') },
  }),
  async (c) => c.json(await getPolicy(c.var.ctx, c.req.valid('param').policy), 200),
);

backupPolicyRoutes.openapi(
  route('fleet.backup.manage', {
    method: 'patch',
    path: '/{policy}',
    summary: 'Change a policy; clusters under it follow',
    request: { params: PolicyParam, body: json(UpdatePolicy, 'What to change') },
    responses: { 200: json(Policy, 'The policy as it is now') },
  }),
  async (c) => c.json(await updatePolicy(c.var.ctx, c.req.valid('param').policy, c.req.valid('json')), 200),
);

backupPolicyRoutes.openapi(
  route('fleet.backup.manage', {
    method: 'delete',
    path: '/{policy}',
    summary: 'Forget a policy that no cluster follows',
    request: { params: PolicyParam },
    responses: { 204: empty('Forgotten') },
  }),
  async (c) => {
    await deletePolicy(c.var.ctx, c.req.valid('param').policy);
    return c.body(null, 204);
  },
);

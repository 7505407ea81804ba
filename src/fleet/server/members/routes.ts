import { z } from 'zod';
import {
  AddMember,
  Restart,
  SettingRow,
  Started,
  Switchover,
  UpdateCluster,
  Updated,
  UpdateSettings,
} from '#src/fleet/contract/clusters.ts';
import { ClusterParam } from '#src/fleet/server/clusters/routes.ts';
import { listSettings } from '#src/fleet/server/settings/queries.ts';
import { updateCluster } from '#src/fleet/server/settings/update-cluster.ts';
import { updateSettings } from '#src/fleet/server/settings/update-settings.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { addMember } from './add-member.ts';
import { removeMember } from './remove-member.ts';
import { startRebuild } from './start-rebuild.ts';
import { startRestart } from './start-restart.ts';
import { startSwitchover } from './start-switchover.ts';

/** What is done to a cluster that stands; mounted beside the cluster's own routes. */
export const upkeepRoutes = newRoutes();

const MemberParam = ClusterParam.extend({ member: z.uuid() });
const started = { 202: json(Started, 'Accepted; the operation does it') };

upkeepRoutes.openapi(
  route('fleet.cluster.update', {
    method: 'patch',
    path: '/{cluster}',
    summary: 'Change protection, recovery, networks, or the guard against deletion',
    request: { params: ClusterParam, body: json(UpdateCluster, 'What to change') },
    responses: { 202: json(Updated, 'Recorded; the operation tells the members, where there is one') },
  }),
  async (c) => c.json(await updateCluster(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

upkeepRoutes.openapi(
  route('fleet.cluster.read', {
    method: 'get',
    path: '/{cluster}/settings',
    summary: 'Settings: wished, running, by whom, and why',
    request: { params: ClusterParam },
    responses: { 200: json(z.array(SettingRow), 'As the primary has them now') },
  }),
  async (c) => c.json(await listSettings(c.var.ctx, c.req.valid('param').cluster), 200),
);

upkeepRoutes.openapi(
  route('fleet.cluster.update', {
    method: 'patch',
    path: '/{cluster}/settings',
    summary: 'Change settings of PostgreSQL',
    request: { params: ClusterParam, body: json(UpdateSettings, 'New values, or null to give one back') },
    responses: started,
  }),
  async (c) =>
    c.json(await updateSettings(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

upkeepRoutes.openapi(
  route('fleet.cluster.switchover', {
    method: 'post',
    path: '/{cluster}/switchover',
    summary: 'Hand the primary role over, in order',
    request: { params: ClusterParam, body: json(Switchover, 'To whom; the fittest when left out') },
    responses: started,
  }),
  async (c) =>
    c.json(await startSwitchover(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

upkeepRoutes.openapi(
  route('fleet.cluster.restart', {
    method: 'post',
    path: '/{cluster}/restart',
    summary: 'Restart all members in order, or one',
    request: { params: ClusterParam, body: json(Restart, 'Which member; all when left out') },
    responses: started,
  }),
  async (c) => c.json(await startRestart(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

upkeepRoutes.openapi(
  route('fleet.cluster.resize', {
    method: 'post',
    path: '/{cluster}/members',
    summary: 'Add a server on another host',
    request: { params: ClusterParam, body: json(AddMember, 'The host, and for the second server a witness') },
    responses: started,
  }),
  async (c) => c.json(await addMember(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

upkeepRoutes.openapi(
  route('fleet.cluster.resize', {
    method: 'delete',
    path: '/{cluster}/members/{member}',
    summary: 'Take a member out for good',
    request: { params: MemberParam },
    responses: started,
  }),
  async (c) => {
    const { cluster, member } = c.req.valid('param');
    return c.json(await removeMember(c.var.ctx, cluster, member), 202);
  },
);

upkeepRoutes.openapi(
  route('fleet.cluster.resize', {
    method: 'post',
    path: '/{cluster}/members/{member}/rebuild',
    summary: 'Copy a replica’s data anew from the primary',
    request: { params: MemberParam },
    responses: started,
  }),
  async (c) => {
    const { cluster, member } = c.req.valid('param');
    return c.json(await startRebuild(c.var.ctx, cluster, member), 202);
  },
);

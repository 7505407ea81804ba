import { z } from 'zod';
import {
  AlertChannel,
  ChannelTest,
  CreateAlertChannel,
  NewAlertChannel,
  UpdateAlertChannel,
} from '#src/fleet/contract/alerts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { createChannel } from './create-channel.ts';
import { deleteChannel } from './delete-channel.ts';
import { getChannel, listChannels } from './queries.ts';
import { sendTest } from './send-test.ts';
import { updateChannel } from './update-channel.ts';

const Id = z.object({ id: z.uuid() });

export const alertChannelRoutes = newRoutes();

alertChannelRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/',
    summary: 'Ways by which people hear of alerts, by name; never their addresses and keys',
    responses: { 200: json(z.array(AlertChannel), 'Channels') },
  }),
  async (c) => c.json(await listChannels(c.var.ctx), 200),
);

alertChannelRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'post',
    path: '/',
    summary: 'Add a channel; the key that signs is told once',
    request: { body: json(CreateAlertChannel, 'The channel') },
    responses: { 201: json(NewAlertChannel, 'The channel, with its key') },
  }),
  async (c) => c.json(await createChannel(c.var.ctx, c.req.valid('json')), 201),
);

alertChannelRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/{id}',
    summary: 'One channel',
    request: { params: Id },
    responses: { 200: json(AlertChannel, 'The channel') },
  }),
  async (c) => c.json(await getChannel(c.var.ctx, c.req.valid('param').id), 200),
);

alertChannelRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'patch',
    path: '/{id}',
    summary: 'Change a channel; another address is another channel',
    request: { params: Id, body: json(UpdateAlertChannel, 'What changes') },
    responses: { 200: json(AlertChannel, 'The channel') },
  }),
  async (c) => c.json(await updateChannel(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 200),
);

alertChannelRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'post',
    path: '/{id}/test',
    summary: 'Send a test by a channel, now',
    request: { params: Id },
    responses: { 200: json(ChannelTest, 'How it went') },
  }),
  async (c) => c.json(await sendTest(c.var.ctx, c.req.valid('param').id), 200),
);

alertChannelRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'delete',
    path: '/{id}',
    summary: 'Remove a channel',
    request: { params: Id },
    responses: { 204: empty('Removed') },
  }),
  async (c) => {
    await deleteChannel(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);

import { z } from 'zod';
import {
  ChangeWays,
  MarkRead,
  NoticePage,
  NoticeSettings,
  PushKey,
  SubscribePush,
  Unread,
  Unsubscription,
  UnsubscribeToken,
} from '#src/community/contract/notifications.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { noOrg } from '#src/platform/server/context.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireMember, requireReader } from '../members/require-member.ts';
import { changeWays } from './change-ways.ts';
import { ensurePushKey } from './ensure-push-key.ts';
import { markRead } from './mark-read.ts';
import { countUnread, getSettings, listNotices } from './queries.ts';
import { subscribePush, unsubscribePush } from './subscribe-push.ts';
import { findUnsubscription, unsubscribeMails } from './unsubscribe-mails.ts';

export const notificationRoutes = newRoutes();

notificationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'What the person who asks was told, newest first',
    request: { query: PageQuery },
    responses: { 200: json(NoticePage, 'A page of notices') },
  }),
  async (c) => {
    const { ctx } = c.var;
    const reader = await requireReader(ctx);
    return c.json(await listNotices(ctx, reader?.id ?? noOrg, c.req.valid('query')), 200);
  },
);

notificationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/unread',
    summary: 'How many notices were not read, up to 100',
    responses: { 200: json(Unread, 'The count') },
  }),
  async (c) => {
    const { ctx } = c.var;
    const reader = await requireReader(ctx);
    return c.json({ count: reader === undefined ? 0 : await countUnread(ctx.db, reader.id) }, 200);
  },
);

notificationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/read',
    summary: 'Mark own notices as read',
    request: { body: json(MarkRead, 'Which') },
    responses: { 204: empty('Marked') },
  }),
  async (c) => {
    await markRead(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

notificationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/settings',
    summary: 'On which ways the person who asks is told',
    responses: { 200: json(NoticeSettings, 'By kind and way') },
  }),
  async (c) => {
    const { ctx } = c.var;
    const reader = await requireReader(ctx);
    return c.json(await getSettings(ctx, reader?.id), 200);
  },
);

notificationRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/settings',
    summary: 'Choose on which ways to be told',
    request: { body: json(ChangeWays, 'By kind and way') },
    responses: { 204: empty('Chosen') },
  }),
  async (c) => {
    await changeWays(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

notificationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/push/key',
    summary: 'The key by which a browser subscribes to web push (RFC 8292)',
    responses: { 200: json(PushKey, 'The public half') },
  }),
  async (c) => {
    const { ctx } = c.var;
    await requireMember(ctx);
    const { publicKey } = await ensurePushKey(ctx.db);
    return c.json({ key: publicKey.toString('base64url') }, 200);
  },
);

notificationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/push',
    summary: 'Be told in this browser by web push',
    request: { body: json(SubscribePush, 'As the browser subscribed') },
    responses: { 204: empty('Subscribed') },
  }),
  async (c) => {
    await subscribePush(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

notificationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/push/remove',
    summary: 'Be told no more in a browser',
    request: { body: json(z.object({ subscription: z.uuid() }), 'The browser') },
    responses: { 204: empty('Removed') },
  }),
  async (c) => {
    await unsubscribePush(c.var.ctx, c.req.valid('json').subscription);
    return c.body(null, 204);
  },
);

notificationRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/unsubscribe',
    summary: 'What the link of a mail would end',
    request: { query: UnsubscribeToken },
    responses: { 200: json(Unsubscription, 'The kind of mails') },
  }),
  async (c) => c.json(await findUnsubscription(c.var.ctx.db, c.req.valid('query').token), 200),
);

notificationRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/unsubscribe',
    summary: 'End the mails that a link is for, with one click (RFC 8058)',
    request: { query: UnsubscribeToken },
    responses: { 204: empty('Ended') },
  }),
  async (c) => {
    await unsubscribeMails(c.var.ctx, c.req.valid('query').token);
    return c.body(null, 204);
  },
);

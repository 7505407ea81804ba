import { z } from 'zod';
import {
  Action,
  ActionDone,
  AddWordRule,
  ApproveAll,
  ApprovedAll,
  Decision,
  DecideWriting,
  ModerationSettings,
  OwnModeration,
  Queue,
  QueueView,
  RestrictMember,
  SetTrust,
  UndoAction,
  WordRule,
} from '#src/community/contract/moderation.ts';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { noOrg } from '#src/platform/server/context.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { getOwnModeration, listActions } from '../cases/queries.ts';
import { requireReader } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { getQueue, listRules } from '../reviews/queries.ts';
import { setTrust } from '../trust/set-trust.ts';
import { addWordRule } from './add-word-rule.ts';
import { approveAll } from './approve-all.ts';
import { changeSettings } from './change-settings.ts';
import { decideWriting } from './decide-writing.ts';
import { readSettings } from './queries.ts';
import { removeWordRule } from './remove-word-rule.ts';
import { restrictMember } from './restrict-member.ts';
import { undoAction } from './undo-action.ts';

/** Somebody who never took part wrote nothing, decided nothing and works for nobody here. */
const nobody = noOrg;

export const moderationRoutes = newRoutes();

moderationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/queue',
    summary: 'What waits for reviewers',
    request: { query: z.object({ view: QueueView.default('pending') }) },
    responses: { 200: json(Queue, 'One view, with how much waits in all') },
  }),
  async (c) => {
    const { ctx } = c.var;
    await requireStaff(ctx, 'community.post.moderate');
    const reviewer = await requireReader(ctx);
    return c.json(await getQueue(ctx, reviewer?.id ?? nobody, c.req.valid('query').view), 200);
  },
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/decisions',
    summary: 'Approve or decline what waits or is flagged',
    request: { body: json(DecideWriting, 'About what, and how') },
    responses: { 200: json(Decision, 'What became of it') },
  }),
  async (c) => c.json(await decideWriting(c.var.ctx, c.req.valid('json')), 200),
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/approvals',
    summary: 'Approve everything of one member that waits',
    request: { body: json(ApproveAll, 'Whose') },
    responses: { 200: json(ApprovedAll, 'How much was approved') },
  }),
  async (c) => c.json(await approveAll(c.var.ctx, c.req.valid('json')), 200),
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/restrictions',
    summary: 'Suspend or silence a member',
    request: { body: json(RestrictMember, 'Whom, for how long, and why') },
    responses: { 201: json(ActionDone, 'The action, which can be undone') },
  }),
  async (c) => c.json(await restrictMember(c.var.ctx, c.req.valid('json')), 201),
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/trust',
    summary: 'Give a member a trust level by hand',
    request: { body: json(SetTrust, 'Whom, which level, and why') },
    responses: { 201: json(ActionDone, 'The action, which can be undone') },
  }),
  async (c) => c.json(await setTrust(c.var.ctx, c.req.valid('json')), 201),
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/actions',
    summary: 'What was done in moderation, newest first',
    request: { query: PageQuery },
    responses: { 200: json(page(Action), 'A page of actions') },
  }),
  async (c) => c.json(await listActions(c.var.ctx, c.req.valid('query')), 200),
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/undo',
    summary: 'Take an action back',
    request: { body: json(UndoAction, 'Which, and why') },
    responses: { 201: json(ActionDone, 'The undoing, itself an action') },
  }),
  async (c) => c.json(await undoAction(c.var.ctx, c.req.valid('json')), 201),
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/mine',
    summary: 'What moderation did to the person who asks, their trust level and what the next one takes',
    responses: { 200: json(OwnModeration, 'The own standing') },
  }),
  async (c) => {
    const { ctx } = c.var;
    const reader = await requireReader(ctx);
    return c.json(await getOwnModeration(ctx, reader?.id ?? nobody, await readSettings(ctx.db)), 200);
  },
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/settings',
    summary: 'What this community decided about moderation',
    responses: { 200: json(ModerationSettings, 'Limits and thresholds') },
  }),
  async (c) => {
    await requireStaff(c.var.ctx, 'community.post.moderate');
    return c.json(await readSettings(c.var.ctx.db), 200);
  },
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/settings',
    summary: 'Decide about limits and thresholds of moderation',
    request: { body: json(ModerationSettings, 'What is left out is as the code has it') },
    responses: { 200: json(ModerationSettings, 'What holds from now on') },
  }),
  async (c) => c.json(await changeSettings(c.var.ctx, c.req.valid('json')), 200),
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/words',
    summary: 'Words and domains that are let through, held or refused',
    responses: { 200: json(z.array(WordRule), 'Rules') },
  }),
  async (c) => c.json(await listRules(c.var.ctx), 200),
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/words',
    summary: 'Let a word or a domain through, hold it, or refuse it',
    request: { body: json(AddWordRule, 'The rule') },
    responses: { 201: json(WordRule, 'The rule') },
  }),
  async (c) => c.json(await addWordRule(c.var.ctx, c.req.valid('json')), 201),
);

moderationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/words/remove',
    summary: 'Take a rule about a word or a domain away',
    request: { body: json(z.object({ rule: z.number().int().min(1) }), 'The rule') },
    responses: { 204: empty('Gone') },
  }),
  async (c) => {
    await removeWordRule(c.var.ctx, c.req.valid('json').rule);
    return c.body(null, 204);
  },
);

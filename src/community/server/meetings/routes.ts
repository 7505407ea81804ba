import { z } from 'zod';
import {
  AdvanceMeeting,
  AskPoll,
  CallMeeting,
  GiveProxy,
  Meeting,
  MeetingList,
  MeetingQuery,
  MeetingRecord,
  Remark,
  VoteInPoll,
  WriteMinutes,
} from '#src/community/contract/meetings.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { advanceMeeting } from './advance-meeting.ts';
import { askPoll } from './ask-poll.ts';
import { callMeeting } from './call-meeting.ts';
import { endPoll } from './end-poll.ts';
import { giveProxy } from './give-proxy.ts';
import { joinMeeting } from './join-meeting.ts';
import { leaveMeeting } from './leave-meeting.ts';
import { getMeeting, listMeetings } from './queries.ts';
import { writeRecord } from './record.rules.ts';
import { sayInMeeting } from './say-in-meeting.ts';
import { voteInPoll } from './vote-in-poll.ts';
import { writeMinutes } from './write-minutes.ts';

const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const One = z.object({ meeting: id });
const OnePoll = One.extend({ poll: id });
const Made = z.object({ id: z.number().int() });

export const meetingRoutes = newRoutes();

meetingRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Meetings, of all committees or one, the newest first',
    request: { query: MeetingQuery },
    responses: { 200: json(MeetingList, 'Meetings') },
  }),
  async (c) => c.json(await listMeetings(c.var.ctx, c.req.valid('query')), 200),
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Call a meeting of my committee or of all members',
    request: { body: json(CallMeeting, 'What, when, for whom') },
    responses: { 201: json(Made, 'The meeting') },
  }),
  async (c) => c.json(await callMeeting(c.var.ctx, c.req.valid('json')), 201),
);

meetingRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{meeting}',
    summary: 'A meeting',
    request: { params: One },
    responses: { 200: json(Meeting, 'The meeting') },
  }),
  async (c) => c.json(await getMeeting(c.var.ctx, c.req.valid('param').meeting), 200),
);

meetingRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{meeting}/record',
    summary: 'The record of a meeting as Markdown: who was there, polls, what was said, minutes',
    request: { params: One },
    responses: { 200: json(MeetingRecord, 'The record') },
  }),
  async (c) => {
    const meeting = await getMeeting(c.var.ctx, c.req.valid('param').meeting);
    return c.json({ markdown: writeRecord(meeting, c.var.ctx.locale) }, 200);
  },
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{meeting}/attendance',
    summary: 'Take part in a meeting',
    request: { params: One },
    responses: { 204: empty('Takes part') },
  }),
  async (c) => {
    await joinMeeting(c.var.ctx, c.req.valid('param').meeting);
    return c.body(null, 204);
  },
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{meeting}/attendance',
    summary: 'Take no part, or take my proxy back',
    request: { params: One },
    responses: { 204: empty('Takes no part') },
  }),
  async (c) => {
    await leaveMeeting(c.var.ctx, c.req.valid('param').meeting);
    return c.body(null, 204);
  },
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{meeting}/proxy',
    summary: 'Let somebody who takes part vote for me',
    request: { params: One, body: json(GiveProxy, 'Who') },
    responses: { 204: empty('Given') },
  }),
  async (c) => {
    await giveProxy(c.var.ctx, c.req.valid('param').meeting, c.req.valid('json').handle);
    return c.body(null, 204);
  },
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{meeting}/state',
    summary: 'Open, finish or close a meeting',
    request: { params: One, body: json(AdvanceMeeting, 'The next state') },
    responses: { 204: empty('Done') },
  }),
  async (c) => {
    await advanceMeeting(c.var.ctx, c.req.valid('param').meeting, c.req.valid('json').to);
    return c.body(null, 204);
  },
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{meeting}/remarks',
    summary: 'Say something in a meeting that is open',
    request: { params: One, body: json(Remark, 'What') },
    responses: { 204: empty('In the record') },
  }),
  async (c) => {
    await sayInMeeting(c.var.ctx, c.req.valid('param').meeting, c.req.valid('json').words);
    return c.body(null, 204);
  },
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{meeting}/minutes',
    summary: 'Write the minutes of a meeting',
    request: { params: One, body: json(WriteMinutes, 'The minutes') },
    responses: { 204: empty('Saved') },
  }),
  async (c) => {
    await writeMinutes(c.var.ctx, c.req.valid('param').meeting, c.req.valid('json').minutes);
    return c.body(null, 204);
  },
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{meeting}/polls',
    summary: 'Ask those who are present and represented',
    request: { params: One, body: json(AskPoll, 'Question and answers') },
    responses: { 201: json(Made, 'The poll') },
  }),
  async (c) => c.json(await askPoll(c.var.ctx, c.req.valid('param').meeting, c.req.valid('json')), 201),
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{meeting}/polls/{poll}/vote',
    summary: 'Vote in a poll, for myself or by a proxy',
    request: { params: OnePoll, body: json(VoteInPoll, 'Which answer, for whom') },
    responses: { 204: empty('Voted') },
  }),
  async (c) => {
    const { meeting, poll } = c.req.valid('param');
    await voteInPoll(c.var.ctx, meeting, poll, c.req.valid('json'));
    return c.body(null, 204);
  },
);

meetingRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{meeting}/polls/{poll}/end',
    summary: 'End a poll',
    request: { params: OnePoll },
    responses: { 204: empty('Ended') },
  }),
  async (c) => {
    const { meeting, poll } = c.req.valid('param');
    await endPoll(c.var.ctx, meeting, poll);
    return c.body(null, 204);
  },
);

import { z } from 'zod';
import {
  BeginConversation,
  Conversation,
  ConversationId,
  ConversationList,
  ConversationQuery,
  WriteMessage,
} from '#src/community/contract/people.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { answerRequest } from './answer-request.ts';
import { beginConversation } from './begin-conversation.ts';
import { markRead } from './mark-read.ts';
import { getConversation, listConversations } from './queries.ts';
import { writeMessage } from './write-message.ts';

const One = z.object({ conversation: ConversationId });

export const messageRoutes = newRoutes();

messageRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'My conversations, the one with the newest words first',
    request: { query: PageQuery },
    responses: { 200: json(ConversationList, 'A page of conversations') },
  }),
  async (c) => c.json(await listConversations(c.var.ctx, c.req.valid('query')), 200),
);

messageRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Ask a member to exchange messages, with a first one',
    request: { body: json(BeginConversation, 'Whom, and what it says') },
    responses: { 201: json(z.object({ id: z.number().int() }), 'The conversation') },
  }),
  async (c) => c.json(await beginConversation(c.var.ctx, c.req.valid('json')), 201),
);

messageRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{conversation}',
    summary: 'One of my conversations',
    request: { params: One, query: ConversationQuery },
    responses: { 200: json(Conversation, 'The newest messages, or those before a cursor') },
  }),
  async (c) =>
    c.json(await getConversation(c.var.ctx, c.req.valid('param').conversation, c.req.valid('query')), 200),
);

messageRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{conversation}',
    summary: 'Write the next message',
    request: { params: One, body: json(WriteMessage, 'What it says') },
    responses: { 204: empty('Sent') },
  }),
  async (c) => {
    await writeMessage(c.var.ctx, c.req.valid('param').conversation, c.req.valid('json'));
    return c.body(null, 204);
  },
);

messageRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{conversation}/read',
    summary: 'Note that I read it',
    request: { params: One },
    responses: { 204: empty('Noted') },
  }),
  async (c) => {
    await markRead(c.var.ctx, c.req.valid('param').conversation);
    return c.body(null, 204);
  },
);

for (const [answer, summary] of [
  ['accept', 'Accept a request to exchange messages'],
  ['refuse', 'Refuse a request; who asked is not told'],
  ['block', 'Refuse a request and block who asked'],
] as const) {
  messageRoutes.openapi(
    route('signed-in', {
      method: 'post',
      path: `/{conversation}/${answer}`,
      summary,
      request: { params: One },
      responses: { 204: empty('Done') },
    }),
    async (c) => {
      await answerRequest(c.var.ctx, c.req.valid('param').conversation, answer);
      return c.body(null, 204);
    },
  );
}

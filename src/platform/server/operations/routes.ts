import { z } from '@hono/zod-openapi';
import { Operation, OperationLogLine } from '../../contract/operations.ts';
import { page, PageQuery } from '../../contract/pages.ts';
import { json, newRoutes, route } from '../http.ts';
import { cancelOperation, retryOperation } from './cancel-operation.ts';
import { followOperation } from './follow-operation.ts';
import { getOperation, listOperationLog, listOperations } from './queries.ts';

const Id = z.object({ id: z.uuid() });
const LineId = z.coerce.number().int().min(0);

export const operationRoutes = newRoutes();

operationRoutes.openapi(
  route('platform.operation.read', {
    method: 'get',
    path: '/',
    summary: 'Operations of the organisation, newest first',
    request: { query: PageQuery.extend({ subjectId: z.uuid().optional() }) },
    responses: { 200: json(page(Operation), 'A page of operations') },
  }),
  async (c) => c.json(await listOperations(c.var.ctx, c.req.valid('query')), 200),
);

operationRoutes.openapi(
  route('platform.operation.read', {
    method: 'get',
    path: '/{id}',
    summary: 'One operation with its steps',
    request: { params: Id },
    responses: { 200: json(Operation, 'The operation') },
  }),
  async (c) => c.json(await getOperation(c.var.ctx, c.req.valid('param').id), 200),
);

operationRoutes.openapi(
  route('platform.operation.read', {
    method: 'get',
    path: '/{id}/log',
    summary: 'Log lines after a given one',
    request: { params: Id, query: z.object({ after: LineId.default(0) }) },
    responses: { 200: json(z.array(OperationLogLine), 'Lines, oldest first') },
  }),
  async (c) =>
    c.json(await listOperationLog(c.var.ctx, c.req.valid('param').id, c.req.valid('query').after), 200),
);

operationRoutes.openapi(
  route('platform.operation.read', {
    method: 'get',
    path: '/{id}/events',
    summary: 'The operation as it goes on, as server-sent events',
    description:
      'Each event is named `operation`, carries an OperationEvent as JSON, and has the id of its last log line as its own. ' +
      'A reader that comes again with `Last-Event-ID` (or `after`) misses no line. The stream ends after the event that says ' +
      'the operation has ended, and after ten minutes in any case; a comment every 15 seconds shows that it lives.',
    request: {
      params: Id,
      query: z.object({ after: LineId.default(0) }),
      headers: z.object({ 'last-event-id': LineId.optional() }),
    },
    responses: {
      200: {
        description: 'A stream that ends with the operation',
        content: { 'text/event-stream': { schema: z.string() } },
      },
    },
  }),
  async (c) => {
    const after = c.req.valid('header')['last-event-id'] ?? c.req.valid('query').after;
    const stream = await followOperation(c.var.ctx, c.req.valid('param').id, after);
    // nginx would hold events back until its buffer is full.
    return c.body(stream, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
  },
);

operationRoutes.openapi(
  route('platform.operation.cancel', {
    method: 'post',
    path: '/{id}/cancel',
    summary: 'Ask an operation to undo what it began',
    request: { params: Id },
    responses: { 200: json(Operation, 'The operation, cancelling') },
  }),
  async (c) => c.json(await cancelOperation(c.var.ctx, c.req.valid('param').id), 200),
);

operationRoutes.openapi(
  route('platform.operation.retry', {
    method: 'post',
    path: '/{id}/retry',
    summary: 'Run the failed step again',
    request: { params: Id },
    responses: { 200: json(Operation, 'The operation, running again') },
  }),
  async (c) => c.json(await retryOperation(c.var.ctx, c.req.valid('param').id), 200),
);

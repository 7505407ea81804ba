import { z } from 'zod';
import { Operation, OperationLogLine } from '../../contract/operations.ts';
import { page, PageQuery } from '../../contract/pages.ts';
import { json, newRoutes, route } from '../http.ts';
import { cancelOperation, retryOperation } from './cancel-operation.ts';
import { getOperation, listOperationLog, listOperations } from './queries.ts';

const Id = z.object({ id: z.uuid() });

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
    request: { params: Id, query: z.object({ after: z.coerce.number().int().min(0).default(0) }) },
    responses: { 200: json(z.array(OperationLogLine), 'Lines, oldest first') },
  }),
  async (c) =>
    c.json(await listOperationLog(c.var.ctx, c.req.valid('param').id, c.req.valid('query').after), 200),
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

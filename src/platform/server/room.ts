import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Reaction } from './events.ts';
import type { ApiEnv } from './http.ts';
import type { Job } from './jobs.ts';
import type { OperationDefinition } from './operations/define-operation.ts';

/** What a room has a worker do. It stands apart from the routes, so that a worker does not load the whole API. */
export type Work = {
  name: string;
  operations: readonly OperationDefinition[];
  jobs: readonly Job[];
  reactions: readonly Reaction[];
};

/** What a room tells the programs of itself. */
export type Room = Work & {
  /** Served under `/api/<room>/<key>`. */
  routes: Record<string, OpenAPIHono<ApiEnv>>;
  /** Every permission the room knows, with the words a person reads. */
  permissions: readonly string[];
};

/** Declares what a worker does for a room; parts it does not have may be left out. */
export function defineWork(work: Pick<Work, 'name'> & Partial<Work>): Work {
  return { operations: [], jobs: [], reactions: [], ...work };
}

/** Declares a room; parts it does not have may be left out. */
export function defineRoom(room: Pick<Room, 'name'> & Partial<Room>): Room {
  return { ...defineWork(room), routes: {}, permissions: [], ...room };
}

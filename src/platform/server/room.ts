import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Reaction } from './events.ts';
import type { ApiEnv } from './http.ts';
import type { Job } from './jobs.ts';
import type { OperationDefinition } from './operations/define-operation.ts';

/** What a room tells the programs of itself. */
export type Room = {
  name: string;
  /** Served under `/api/<room>/<key>`. */
  routes: Record<string, OpenAPIHono<ApiEnv>>;
  operations: readonly OperationDefinition[];
  jobs: readonly Job[];
  reactions: readonly Reaction[];
  /** Every permission the room knows, with the words a person reads. */
  permissions: readonly string[];
};

/** Declares a room; parts it does not have may be left out. */
export function defineRoom(room: Pick<Room, 'name'> & Partial<Room>): Room {
  return { routes: {}, operations: [], jobs: [], reactions: [], permissions: [], ...room };
}

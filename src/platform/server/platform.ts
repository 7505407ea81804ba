import { auditRoutes } from './audit-routes.ts';
import { forgetAnswers } from './idempotency/answer-once.ts';
import { forgetRates } from './limits/take-rate.ts';
import { operationRoutes } from './operations/routes.ts';
import { tendOperations } from './operations/tend-operations.job.ts';
import { defineRoom } from './room.ts';

/** The floor's own routes and permissions. */
export const platform = defineRoom({
  name: 'platform',
  routes: { operations: operationRoutes, audit: auditRoutes },
  jobs: [tendOperations, forgetAnswers, forgetRates],
  permissions: [
    'platform.operation.read',
    'platform.operation.cancel',
    'platform.operation.retry',
    'platform.audit.read',
  ],
});

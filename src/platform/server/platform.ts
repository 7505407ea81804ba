import { auditRoutes } from './audit-routes.ts';
import { fileRoutes } from './files/routes.ts';
import { mailRoutes } from './mail/routes.ts';
import { operationRoutes } from './operations/routes.ts';
import { defineRoom } from './room.ts';
import { platformWork } from './platform-work.ts';

/** The floor's own routes and permissions. */
export const platform = defineRoom({
  ...platformWork,
  routes: { operations: operationRoutes, audit: auditRoutes, mails: mailRoutes, files: fileRoutes },
  permissions: [
    'platform.operation.read',
    'platform.operation.cancel',
    'platform.operation.retry',
    'platform.audit.read',
    'platform.file.read',
    'platform.file.create',
    'platform.file.delete',
    'platform.mail.read',
    'platform.mail.send',
    'platform.metrics.read',
  ],
});

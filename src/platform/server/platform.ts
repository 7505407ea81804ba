import { auditRoutes } from './audit-routes.ts';
import { removeBytes, sweepFiles } from './files/remove-bytes.job.ts';
import { fileRoutes } from './files/routes.ts';
import { forgetAnswers } from './idempotency/answer-once.ts';
import { forgetRates } from './limits/take-rate.ts';
import { mailRoutes } from './mail/routes.ts';
import { forgetMails, sendMailJob } from './mail/send-mail.job.ts';
import { operationRoutes } from './operations/routes.ts';
import { tendOperations } from './operations/tend-operations.job.ts';
import { defineRoom } from './room.ts';
import { backUpItself } from './self-backup/back-up-itself.job.ts';

/** The floor's own routes and permissions. */
export const platform = defineRoom({
  name: 'platform',
  routes: { operations: operationRoutes, audit: auditRoutes, mails: mailRoutes, files: fileRoutes },
  jobs: [
    tendOperations,
    forgetAnswers,
    forgetRates,
    sendMailJob,
    forgetMails,
    removeBytes,
    sweepFiles,
    backUpItself,
  ],
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

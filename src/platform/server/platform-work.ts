import { defineWork } from './room.ts';
import { removeBytes, sweepFiles } from './files/remove-bytes.job.ts';
import { forgetAnswers } from './idempotency/answer-once.ts';
import { forgetRates } from './limits/take-rate.ts';
import { forgetMails, sendMailJob } from './mail/send-mail.job.ts';
import { tendOperations } from './operations/tend-operations.job.ts';
import { backUpItself } from './self-backup/back-up-itself.job.ts';

/** What the worker does for this room. */
export const platformWork = defineWork({
  name: 'platform',
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
});

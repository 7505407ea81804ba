import { moderationPageText as text } from '#src/community/contract/moderation-page.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

const names: Record<string, Text> = {
  approve: text.actApprove,
  decline: text.actDecline,
  hide: text.actHide,
  suspend: text.actSuspend,
  silence: text.actSilence,
  takedown: text.actTakedown,
  'set-trust': text.actTrust,
  'approve-edit': text.actApproveEdit,
  'decline-edit': text.actDeclineEdit,
  undo: text.actUndo,
};

/** What an action of moderation is called. */
export const actionName = (kind: string): Text => names[kind] ?? text.done;

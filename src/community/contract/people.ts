import { z } from 'zod';
import { PageQuery, page } from '#src/platform/contract/pages.ts';
import { prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';

/** What can be followed: a member by handle, a tag by name, a post or a public wish by number. */
export const followKinds = ['member', 'tag', 'post', 'wish'] as const;
export const FollowKind = z.enum(followKinds);
export type FollowKind = z.infer<typeof FollowKind>;

/** Something that a member follows, with where it stands. */
export const Followed = z.object({
  kind: FollowKind,
  /** As the address of the follow has it: handle, name or number. */
  key: z.string().max(100),
  title: z.string().max(200),
  href: z.string().max(400),
  at: z.string().max(40),
});
export type Followed = z.infer<typeof Followed>;

/** What a private message says. */
export const MessageMarkdown = prose(10_000).refine((text) => text.trim() !== '', 'must not be empty');

export const BeginConversation = z.object({ handle: z.string().min(1).max(40), markdown: MessageMarkdown });
export type BeginConversation = z.infer<typeof BeginConversation>;
export const WriteMessage = z.object({ markdown: MessageMarkdown });
export type WriteMessage = z.infer<typeof WriteMessage>;

/** The number of a conversation in addresses. */
export const ConversationId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** `requested` is what both sides see of a request that was refused, too: nobody is told so. */
export const ConversationState = z.enum(['requested', 'open', 'refused']);

/** A conversation in the list. */
export const ConversationSummary = z.object({
  id: z.number().int(),
  other: MemberCard,
  state: ConversationState,
  /** The other began it: it is for me to accept. */
  isMine: z.boolean(),
  isUnread: z.boolean(),
  excerpt: z.string().max(200),
  activeAt: z.string().max(40),
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;
export const ConversationList = page(ConversationSummary);

export const PrivateMessage = z.object({
  id: z.number().int(),
  author: MemberCard,
  isMine: z.boolean(),
  html: z.string(),
  at: z.string().max(40),
  /** Its author left and took the words along. */
  isEmptied: z.boolean(),
});
export type PrivateMessage = z.infer<typeof PrivateMessage>;

/** A conversation with its messages, the newest page in the order they were written. */
export const Conversation = z.object({
  id: z.number().int(),
  other: MemberCard,
  state: ConversationState,
  isMine: z.boolean(),
  /** Whether I may write now. */
  mayWrite: z.boolean(),
  isBlocked: z.boolean(),
  messages: z.array(PrivateMessage),
  /** Leads to earlier messages. */
  nextCursor: z.string().max(400).nullable(),
});
export type Conversation = z.infer<typeof Conversation>;
export const ConversationQuery = PageQuery.extend({
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

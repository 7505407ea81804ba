import type { ReactNode } from 'react';
import type { Conflict, Queue } from '#src/community/contract/moderation.ts';
import { moderationPageText as text } from '#src/community/contract/moderation-page.text.ts';
import { votePatternText } from '#src/community/contract/vote-patterns.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { Box, PageGrid, PageHead, Tabs } from '../site/parts.tsx';
import './moderation.css';

const tools = [
  { href: '/moderation', label: text.views },
  { href: '/moderation/log', label: text.log },
  { href: '/moderation/members', label: text.members },
  { href: '/moderation/patterns', label: votePatternText.title },
  { href: '/moderation/words', label: text.words },
  { href: '/moderation/limits', label: text.limits },
];

/** The frame of staff's pages: the tools beside, the page's own matter in the middle. */
export function ModerationFrame(props: {
  here: string;
  lead: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const t = useText();
  return (
    <PageGrid
      aside={
        <>
          <Box title={t(text.tools)}>
            <nav className="com-mod-tools" aria-label={t(text.tools)}>
              {tools.map(({ href, label }) => (
                <a key={href} href={href} aria-current={href === props.here ? 'page' : undefined}>
                  {t(label)}
                </a>
              ))}
            </nav>
          </Box>
          {props.aside}
        </>
      }
    >
      <PageHead title={props.title} lead={props.lead} />
      {props.children}
    </PageGrid>
  );
}

/** The queues with how much waits in each. */
export function QueueTabs({ view, counts }: Pick<Queue, 'view' | 'counts'>) {
  const t = useText();
  const views = ['pending', 'flagged', 'edits', 'appeals', 'takedowns'] as const;
  return (
    <Tabs
      label={t(text.views)}
      tabs={views.map((one) => ({
        href: one === 'pending' ? '/moderation' : `/moderation?view=${one}`,
        label: t(text[one]),
        count: counts[one],
        current: one === view,
      }))}
    />
  );
}

/** Why the reader may not decide, in a sentence. */
export function ConflictNote({ conflict }: { conflict: Conflict }) {
  const t = useText();
  const { kind, organisation } = conflict;
  return (
    <p className="com-mod-conflict">
      <span aria-hidden="true">⚖ </span>
      {t(
        kind === 'self'
          ? text.conflictSelf
          : kind === 'colleague'
            ? text.conflictColleague(organisation)
            : text.conflictEmployer(organisation),
      )}
    </p>
  );
}

import type { ReactNode } from 'react';
import type { Segment } from '#src/community/contract/wish-votes.ts';
import { wishVoteText as text } from '#src/community/contract/wish-votes.text.ts';
import type { Wish } from '#src/community/contract/wishes.ts';
import { wishPageText } from '#src/community/contract/wishes.text.ts';
import { memberRoles } from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { organisationKindText, organisationSizeText } from '#src/community/contract/organisations.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Box } from '../site/parts.tsx';
import { asWeight } from './wish-list.tsx';

const roleTexts = Object.fromEntries(memberRoles.map((role) => [role, memberText[role]]));

/** The votes of a wish by what is known of who cast them. */
export function SegmentsBox({ wish }: { wish: Wish }) {
  const t = useText();
  if (wish.byTrust.length === 0) return null;
  const named = (rows: Segment[], texts: Record<string, Text>, none: Text) =>
    rows.map((row) => ({ ...row, name: t(texts[row.name] ?? none) }));
  return (
    <Box title={t(text.role)}>
      <Segments rows={named(wish.byRole, roleTexts, text.noRole)} />
      <p className="com-dim">{t(text.roleHint)}</p>
      <Part title={t(text['organisation-size'])}>
        <Segments rows={named(wish.byOrganisationSize, organisationSizeText, text.noSize)} />
      </Part>
      <Part title={t(text['organisation-kind'])}>
        <Segments rows={named(wish.byOrganisationKind, organisationKindText, text.noOrganisation)} />
      </Part>
      <Part title={t(text.trust)}>
        <Segments rows={wish.byTrust.map((row) => ({ ...row, name: t(wishPageText.level(row.name)) }))} />
      </Part>
      <Part title={t(text.use)}>
        <Segments rows={named(wish.byUse, { verified: text.verified }, text.unverified)} />
      </Part>
    </Box>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <details>
    <summary>{title}</summary>
    {children}
  </details>
);

function Segments({ rows }: { rows: Segment[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <dl className="com-facts">
      {rows.map((row) => (
        <div key={row.name}>
          <dt>{row.name}</dt>
          <dd>
            {t(wishPageText.votes(row.votes, format.number(row.votes)))} ·{' '}
            {t(text.mustVotes(format.number(row.mustVotes)))} ·{' '}
            {t(wishPageText.weight(format.number(asWeight(row.weight))))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

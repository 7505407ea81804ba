import { countryNameOf } from '#src/community/contract/countries.ts';
import { downloadText } from '#src/community/contract/downloads.text.ts';
import { organisationPath } from '#src/community/contract/addresses.ts';
import type { Organisation, OrganisationKind } from '#src/community/contract/organisations.ts';
import {
  organisationKindText,
  organisationPageText as text,
} from '#src/community/contract/organisations.text.ts';
import type { SponsorLevel } from '#src/community/contract/sponsorships.ts';
import { sponsorPageText as sponsorText } from '#src/community/contract/sponsorships.text.ts';
import { valuePageText as valueText } from '#src/community/contract/value.text.ts';
import type { PublishedPost } from '#src/community/contract/published.ts';
import { postPath } from '#src/community/contract/addresses.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { Ago, Breadcrumb, Notice, Tabs } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';

type Headed = Pick<Organisation, 'slug' | 'name' | 'kind' | 'state' | 'country' | 'viewer'>;

/** The head of every page of an organisation: name, kind, place, and its sections as tabs. */
export function OrganisationHead({
  organisation,
  current,
  level = null,
}: {
  organisation: Headed;
  current: 'overview' | 'people' | 'posts' | 'history' | 'edit' | 'swaps' | 'sponsorship' | 'value' | 'leads';
  level?: SponsorLevel | null;
}) {
  const t = useText();
  const locale = useLocale();
  const { slug, name, kind, state, country, viewer } = organisation;
  const path = organisationPath(slug);
  const tab = (part: typeof current, label: string) => ({
    href: part === 'overview' ? path : `${path}/${part}`,
    label,
    current: part === current,
  });
  return (
    <>
      <Breadcrumb steps={[{ href: '/organisations', label: t(text.title) }, { label: name }]} />
      <div className="com-org-head">
        <Mark name={name} kind={kind} />
        <div>
          <h1>
            <bdi>{name}</bdi>
          </h1>
          <p className="com-meta">
            <span>{t(organisationKindText[kind])}</span>
            {country !== '' && <span>{countryNameOf(country, locale)}</span>}
            {state === 'verified' && (
              <span className="com-mark" data-tone="good">
                ✓ {t(text.verified)}
              </span>
            )}
            {level && (
              <a href={`${path}/sponsorship`} className="com-mark" data-tone="busy">
                {level.name} · {t(sponsorText.years(level.from, level.until))}
              </a>
            )}
          </p>
        </div>
      </div>
      <Tabs
        label={t(text.sections)}
        tabs={[
          tab('overview', t(text.overview)),
          tab('people', t(text.peopleTab)),
          tab('posts', t(text.postsTab)),
          tab('value', t(valueText.tab)),
          tab('sponsorship', t(sponsorText.tab)),
          tab('history', t(text.history)),
          ...(kind === 'media-partner' && (viewer.isManager || viewer.mayVerify)
            ? [tab('swaps', t(text.swaps))]
            : []),
          ...(viewer.isManager ? [tab('leads', t(downloadText.leads))] : []),
          ...(viewer.isManager ? [tab('edit', t(text.edit))] : []),
        ]}
      />
    </>
  );
}

/** Instead of a logo: the first sign of the name, in the colour of its kind. */
export function Mark({ name, kind }: { name: string; kind: OrganisationKind }) {
  return (
    <span className="com-org-mark" data-kind={kind} aria-hidden="true">
      {(/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '·').toUpperCase()}
    </span>
  );
}

/** What must be known about the state of an organisation before its page is read. */
export function StateNotice({ organisation }: { organisation: Organisation }) {
  const t = useText();
  const { state, refusedReason, isStale, viewer } = organisation;
  if (state === 'pending') return <Notice tone="warn">{t(text.isPending)}</Notice>;
  if (state === 'refused') return <Notice tone="bad">{t(text.isRefused(refusedReason ?? ''))}</Notice>;
  if (!isStale) return null;
  return (
    <Notice tone="warn">
      <p>{t(text.isStale)}</p>
      {viewer.isManager && (
        <form method="post">
          <button type="submit" className="com-button" name="intent" value="confirm">
            {t(text.confirm)}
          </button>
        </form>
      )}
    </Notice>
  );
}

/** Posts on one line each, with who wrote them and when. */
export function PublishedList({ posts }: { posts: readonly PublishedPost[] }) {
  const t = useText();
  const format = useFormat();
  if (posts.length === 0) return <p className="com-dim">{t(text.nothingYet)}</p>;
  const kinds = { article: text.articleOne, question: text.questionOne, answer: text.answerOne };
  return (
    <ul className="com-plain com-lines">
      {posts.map((post) => (
        <li key={post.id}>
          <a href={postPath(post)}>{post.title}</a>
          <p className="com-meta">
            <span className="com-mark" data-tone={post.isAccepted ? 'good' : 'idle'}>
              {post.isAccepted ? `✓ ${t(text.acceptedOne)}` : t(kinds[post.kind])}
            </span>
            <MemberLink member={post.author} />
            <Ago at={post.publishedAt} />
            {post.score !== 0 && <span>{format.number(post.score)}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}

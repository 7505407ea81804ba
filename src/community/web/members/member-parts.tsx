import { organisationPath, postPath, wishPath } from '#src/community/contract/addresses.ts';
import type { Profile } from '#src/community/contract/members.ts';
import { facetText, industryText } from '#src/community/contract/industries.text.ts';
import { memberText as text } from '#src/community/contract/members.text.ts';
import { badgeText } from '#src/community/contract/badges.text.ts';
import { pointCauseText } from '#src/community/contract/points.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { BadgeMark } from '../badges/badge-mark.tsx';
import { Ago, Box, Tags } from '../site/parts.tsx';

/** What a member says of themself, beside their page. */
export function Facts({ profile }: { profile: Profile }) {
  const t = useText();
  const format = useFormat();
  const { employer } = profile;
  return (
    <>
      <Box title={t(text.profile)}>
        <dl className="com-facts">
          {employer && (
            <div>
              <dt>{t(text.worksAt)}</dt>
              <dd>
                <a href={organisationPath(employer.slug)}>
                  <bdi>{employer.name}</bdi>
                </a>
                {employer.title !== '' && <bdi> · {employer.title}</bdi>}
              </dd>
            </div>
          )}
          {profile.location !== '' && (
            <div>
              <dt>{t(text.location)}</dt>
              <dd>
                <bdi>{profile.location}</bdi>
              </dd>
            </div>
          )}
          {profile.industry !== '' && (
            <div>
              <dt>{t(facetText.industry)}</dt>
              <dd>
                <a href={`/members?industry=${profile.industry}`}>{t(industryText[profile.industry])}</a>
              </dd>
            </div>
          )}
          {profile.website !== '' && (
            <div>
              <dt>{t(text.website)}</dt>
              <dd>
                <a href={profile.website} rel="ugc nofollow noopener">
                  <bdi>{profile.website.replace(/^https?:\/\/|\/$/g, '')}</bdi>
                </a>
              </dd>
            </div>
          )}
          <div>
            <dt>{t(text.joined)}</dt>
            <dd>
              <Ago at={profile.joinedAt} />
            </dd>
          </div>
        </dl>
        <p className="com-dim">{t(text.followers(format.number(profile.counts.followers)))}</p>
      </Box>
      {profile.badges.length > 0 && (
        <Box title={t(badgeText.title)} more={{ href: '/badges', label: t(text.allBadges) }}>
          <ul className="com-medals">
            {profile.badges.map((badge) => (
              <li key={badge.slug}>
                <BadgeMark badge={badge} />
              </li>
            ))}
          </ul>
        </Box>
      )}
      {profile.roles.length > 0 && (
        <Box title={t(text.roles)}>
          <ul className="com-tags">
            {profile.roles.map((role) => (
              <li key={role}>
                <a className="com-tag" href={`/members?role=${role}`}>
                  {t(text[role])}
                </a>
              </li>
            ))}
          </ul>
        </Box>
      )}
      {profile.skills.length > 0 && (
        <Box title={t(text.skills)}>
          <ul className="com-tags">
            {profile.skills.map((skill) => (
              <li key={skill}>
                <a className="com-tag" href={`/members?skill=${encodeURIComponent(skill)}`}>
                  <bdi>{skill}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </Box>
      )}
    </>
  );
}

/** Posts of a member, as their page lists them. */
export function Written({ profile }: { profile: Profile }) {
  const t = useText();
  const format = useFormat();
  return (
    <ul className="com-posts">
      {profile.posts.map((post) => (
        <li key={post.id}>
          <article className="com-post" data-kind="article" lang={post.locale}>
            <h3>
              <a href={postPath(post)}>{post.title}</a>
              {post.isAccepted && (
                <>
                  {' '}
                  <span className="com-mark" data-tone="good">
                    {t(text.accepted)}
                  </span>
                </>
              )}
            </h3>
            <p className="com-excerpt">{post.excerpt}</p>
            <div className="com-foot">
              <Tags names={post.tags} />
              <p className="com-meta">
                <Ago at={post.publishedAt} />
                {post.score !== 0 && <span>{format.number(post.score)} ▲</span>}
              </p>
            </div>
          </article>
        </li>
      ))}
    </ul>
  );
}

/** Wishes of a member that came true. */
export function Adopted({ profile }: { profile: Profile }) {
  const t = useText();
  const format = useFormat();
  return (
    <ul className="com-posts">
      {profile.wishes.map((wish) => (
        <li key={wish.id}>
          <article className="com-post" data-kind="article" lang={wish.locale}>
            <h3>
              <a href={wishPath(wish)}>{wish.title}</a>
            </h3>
            <p className="com-meta">
              <Ago at={wish.deliveredAt} />
              <span>{t(text.wishVotes(format.number(wish.votes)))}</span>
            </p>
          </article>
        </li>
      ))}
    </ul>
  );
}

/** Why a member's reputation is what it is. */
export function Entries({ profile }: { profile: Profile }) {
  const t = useText();
  const format = useFormat();
  const causes: Readonly<Record<string, Text>> = pointCauseText;
  return (
    <ul className="com-plain com-entries">
      {profile.entries.map((entry) => (
        <li key={entry.id}>
          <b data-sign={entry.amount > 0 ? 'plus' : 'minus'}>
            {entry.amount > 0 ? '+' : '−'}
            {format.number(Math.abs(entry.amount))}
          </b>
          <span>
            {causes[entry.cause] ? t(causes[entry.cause]!) : entry.cause}
            {entry.isReversal && <span className="com-dim"> · {t(text.takenBack)}</span>}
            {entry.post && (
              <>
                {' · '}
                <a href={postPath(entry.post)}>{entry.post.title}</a>
              </>
            )}
          </span>
          <span className="com-dim">
            <Ago at={entry.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

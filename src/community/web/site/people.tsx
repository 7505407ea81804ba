import type { MemberCard } from '#src/community/contract/members.ts';
import { memberPath } from '#src/community/contract/addresses.ts';
import { siteText as text } from '#src/community/contract/site.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';

type Pictured = Pick<MemberCard, 'handle' | 'name' | 'avatar'>;

/** A member's picture; without one, the first sign of the name on a calm colour that stays the same for them. */
export function Avatar({ member, size = 24 }: { member: Pictured; size?: 20 | 24 | 32 | 40 | 96 }) {
  if (member.avatar !== null)
    return (
      <img className="com-avatar" src={member.avatar} alt="" width={size} height={size} loading="lazy" />
    );
  return (
    <span
      className="com-avatar"
      data-size={size}
      data-hue={member.handle === null ? undefined : hueOf(member.handle)}
      aria-hidden="true"
    >
      {member.handle === null ? '–' : signOf(member.name)}
    </span>
  );
}

/** One to two letters for a Latin name, the last sign of a Chinese one: people call each other by the given name. */
export function signOf(name: string): string {
  const han = name.match(/\p{Script=Han}/gu);
  if (han) return han.at(-1) ?? '';
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const first = words.at(0)?.at(0) ?? '·';
  return (words.length > 1 ? first + (words.at(-1)?.at(0) ?? '') : first).toUpperCase();
}

function hueOf(handle: string): number {
  let sum = 7;
  for (const sign of handle) sum = (sum * 31 + sign.charCodeAt(0)) % 997;
  return sum % 8;
}

/** Picture and name in one line, leading to the member's page. */
export function MemberLink({ member, size = 20 }: { member: Pictured; size?: 20 | 24 | 32 }) {
  const inside = (
    <>
      <Avatar member={member} size={size} />
      <bdi>{member.name}</bdi>
    </>
  );
  return member.handle === null ? (
    <span className="com-member">{inside}</span>
  ) : (
    <a className="com-member" href={memberPath(member.handle)}>
      {inside}
    </a>
  );
}

/** Who wrote something: picture, name, headline, reputation. */
export function AuthorCard({ member, children }: { member: MemberCard; children?: React.ReactNode }) {
  const t = useText();
  const format = useFormat();
  return (
    <div className="com-author">
      <Avatar member={member} size={40} />
      <div>
        <strong>
          {member.handle === null ? (
            <bdi>{member.name}</bdi>
          ) : (
            <a href={memberPath(member.handle)}>
              <bdi>{member.name}</bdi>
            </a>
          )}
        </strong>
        {member.headline !== '' && (
          <span className="com-dim">
            <bdi>{member.headline}</bdi>
          </span>
        )}
        {member.handle !== null && (
          <span className="com-dim">{t(text.reputation(format.number(member.reputation)))}</span>
        )}
        {children}
      </div>
    </div>
  );
}

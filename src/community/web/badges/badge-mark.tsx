import type { BadgeTier } from '#src/community/contract/badge-marks.ts';
import { badgeText as text } from '#src/community/contract/badges.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import './badges.css';

/** A badge as a link to what it stands for: its metal as a dot and as a word for who does not see it. */
export function BadgeMark(props: { badge: { slug: string; tier: BadgeTier; name: string; count?: number } }) {
  const t = useText();
  const { slug, tier, name, count = 1 } = props.badge;
  return (
    <a className="com-medal" data-tier={tier} href={`/badges/${slug}`}>
      <span className="el-hidden">{t(text[tier])}</span>
      {name}
      {count > 1 && <span className="com-count">{t(text.times(count))}</span>}
    </a>
  );
}

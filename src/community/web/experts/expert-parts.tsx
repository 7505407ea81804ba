import { expertPath } from '#src/community/contract/addresses.ts';
import type { ListedExpert, Rate } from '#src/community/contract/experts.ts';
import { expertPageText as text } from '#src/community/contract/experts.text.ts';
import { languageNameOf } from '#src/community/contract/languages.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { moneyIn } from '../organisations/money.ts';
import { Avatar } from '../site/people.tsx';

/** What an expert asks for, in words. */
export function RateWords({ rate }: { rate: Rate | null }) {
  const t = useText();
  const locale = useLocale();
  if (rate === null) return <span>{t(text.toBeAgreed)}</span>;
  return <span>{t(text.rateOf(moneyIn(rate.minor, rate.currency, locale), t(text[rate.unit])))}</span>;
}

/** An expert in a list. */
export function ExpertCard({ expert, children }: { expert: ListedExpert; children?: React.ReactNode }) {
  const t = useText();
  const locale = useLocale();
  const format = useFormat();
  const { member, skills, languages, availability, rate, acceptedAnswers } = expert;
  return (
    <li className="com-card">
      <div className="com-author">
        <Avatar member={member} size={40} />
        <div>
          <strong>
            <a href={expertPath(member.handle)}>
              <bdi>{member.name}</bdi>
            </a>
          </strong>
          {member.headline !== '' && (
            <span className="com-dim">
              <bdi>{member.headline}</bdi>
            </span>
          )}
        </div>
      </div>
      <ul className="com-tags">
        {skills.slice(0, 8).map((skill) => (
          <li key={skill}>
            <a className="com-tag" href={`/experts?skill=${encodeURIComponent(skill)}`}>
              <bdi>{skill}</bdi>
            </a>
          </li>
        ))}
      </ul>
      <p className="com-meta">
        <span className="com-mark" data-tone={availability === 'open' ? 'good' : 'idle'}>
          {t(text[availability])}
        </span>
        <RateWords rate={rate} />
        <span>{languages.map((code) => languageNameOf(code, locale)).join(', ')}</span>
        {acceptedAnswers > 0 && <span>{t(text.acceptedAnswers(format.number(acceptedAnswers)))}</span>}
      </p>
      {children}
    </li>
  );
}

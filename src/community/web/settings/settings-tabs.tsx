import { memberText } from '#src/community/contract/members.text.ts';
import { peopleText } from '#src/community/contract/people.text.ts';
import { privacyText } from '#src/community/contract/privacy.text.ts';
import { siteText } from '#src/community/contract/site.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { PageHead, Tabs } from '../site/parts.tsx';

const pages = [
  { href: '/settings/community', label: memberText.profile },
  { href: '/settings/community/following', label: peopleText.following },
  { href: '/settings/community/notifications', label: siteText.notifications },
  { href: '/settings/community/privacy', label: privacyText.title },
];

/** The head of a member's settings: one title, and the pages among which they lie. */
export function SettingsHead({ current }: { current: string }) {
  const t = useText();
  return (
    <>
      <PageHead title={t(memberText.settings)} />
      <Tabs
        label={t(memberText.settings)}
        tabs={pages.map(({ href, label }) => ({ href, label: t(label), current: href === current }))}
      />
    </>
  );
}

import { siteText } from '#src/community/contract/site.text.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';

export const meta = titled(siteText.community);

export default function HomePage() {
  const t = useText();
  return <h1>{t(siteText.community)}</h1>;
}

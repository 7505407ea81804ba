import { createElement } from 'react';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';

/** A button that appears only where a script runs and the browser knows passkeys; `public/passkey.js` is its inside. */
export function PasskeyButton({ address, back }: { address: string; back: string }) {
  const t = useText();
  return (
    <>
      {createElement('elepherd-passkey', {
        label: t(text.withPasskey),
        address,
        elsewhere: t(text.passkeyElsewhere(address)),
        stopped: t(text.passkeyStopped),
        or: t(text.or),
        back,
      })}
      <script type="module" src="/passkey.js" />
    </>
  );
}

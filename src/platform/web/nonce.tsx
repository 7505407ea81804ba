import { createContext, useContext, type ReactNode } from 'react';

const NonceContext = createContext<string | undefined>(undefined);

/** Makes the page's nonce known to whatever writes inline scripts or styles while the server renders. */
export function NonceProvider(props: { nonce: string | undefined; children: ReactNode }) {
  return <NonceContext value={props.nonce}>{props.children}</NonceContext>;
}

/** The nonce: on the server of this page; in the browser the one that its first script kept. */
export function useNonce(): string | undefined {
  const ofServer = useContext(NonceContext);
  if (ofServer !== undefined) return ofServer;
  return typeof window === 'undefined'
    ? undefined
    : (window as { __webpack_nonce__?: string }).__webpack_nonce__;
}

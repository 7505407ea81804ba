import { createContext } from 'react-router';
import type { Locale } from '#src/platform/contract/i18n.ts';
import { type Viewer, anonymous } from '#src/platform/contract/viewer.ts';
import type { Api } from './api.ts';
import type { Scheme } from './preferences/preferences.ts';

// A program must take these from the build (entry.server.tsx re-exports them): imported natively they would be other objects.

/** The HTTP API, called in process with the reader's cookies. */
export const apiContext = createContext<Api>();
/** Who is looking. */
export const viewerContext = createContext<Viewer>(anonymous);
/** Why the viewer could not be looked up (the API is down); null when it could. */
export const viewerFailureContext = createContext<Error | null>(null);
export const localeContext = createContext<Locale>('en');
/** What the reader's browser said about itself: colours and time zone. */
export const displayContext = createContext<{ scheme: Scheme; timeZone: string }>({
  scheme: 'auto',
  timeZone: 'UTC',
});
/** The number that lets this page's own inline scripts run under the content security policy. */
export const nonceContext = createContext<string>('');
/** Every path pattern the build serves, with a leading slash. */
export const pathsContext = createContext<ReadonlySet<string>>(new Set<string>());
/** Whether the browser asks for the data of a page alone. */
export const dataContext = createContext<boolean>(false);
/** The address under which people know this Elepherd, without a slash at its end. */
export const publicUrlContext = createContext<string>('');

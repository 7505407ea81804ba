/** The cookie that holds a session. */
export const sessionCookie = 'elepherd_session';
/** Where people sign in elsewhere: at the company's OIDC server, or at GitHub. */
export type Provider = 'oidc' | 'github';
/** The address our own code hands to better-auth, which otherwise would believe any header. */
export const ipHeader = 'x-elepherd-client-ip';

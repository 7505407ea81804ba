import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { genericOAuth, twoFactor } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Config } from '#src/platform/server/config.ts';
import type { DB } from '#src/platform/server/db.ts';
import { askGithub } from './ask-github.ts';
import { ipHeader, type Provider, sessionCookie } from './edge.rules.ts';

const sessionSeconds = 30 * 24 * 3600;

export type BetterAuthParts = {
  db: Kysely<DB>;
  config: Config;
  secret: string;
  /** Host name passkeys are bound to. */
  rpId: string;
  provider: Provider | null;
  sendReset(email: string, token: string): Promise<void>;
  wasReset(accountId: string): Promise<void>;
};

/** better-auth on our tables. Its own HTTP routes stay closed but for the callbacks of providers: ours call it in process. */
export function makeBetterAuth({ db, config, secret, rpId, provider, sendReset, wasReset }: BetterAuthParts) {
  const isHttps = config.publicUrl.startsWith('https://');
  return betterAuth({
    appName: 'Elepherd',
    baseURL: config.publicUrl,
    basePath: '/api/identity/sign-in',
    secret,
    database: { db, type: 'postgres', schemaName: 'identity', transaction: true },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    trustedOrigins: [config.publicUrl],
    onAPIError: { errorURL: `${config.publicUrl}/sign-in` },
    advanced: {
      database: { generateId: 'uuid', joins: true },
      cookiePrefix: 'elepherd',
      // The name stays the same with and without TLS, as the API's description promises.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isHttps },
      cookies: { session_token: { name: sessionCookie } },
      ipAddress: { ipAddressHeaders: [ipHeader] },
    },
    user: {
      modelName: 'account',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        locale: { type: 'string', required: false, input: false },
        setupPending: { type: 'boolean', required: false, input: false, fieldName: 'setup_pending' },
      },
    },
    account: {
      modelName: 'credential',
      fields: {
        accountId: 'subject',
        providerId: 'provider',
        userId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        password: 'password_hash',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      updateAccountOnSignIn: false,
      // No provider is trusted: an account is joined to a sign-in elsewhere only when both sides verified the address.
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    session: {
      modelName: 'session',
      fields: {
        userId: 'account_id',
        ipAddress: 'ip',
        userAgent: 'user_agent',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      additionalFields: {
        activeOrgId: { type: 'string', required: false, input: false, fieldName: 'active_org_id' },
      },
      expiresIn: sessionSeconds,
      // A refreshed cookie would be lost: sessions are read where no answer can carry one.
      disableSessionRefresh: true,
    },
    // The other side tells us who somebody is, and nothing is asked of it later: its tokens are not kept.
    databaseHooks: {
      account: {
        create: {
          before: async (data) => ({
            data: { ...data, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
    },
    verification: {
      modelName: 'verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 200,
      resetPasswordTokenExpiresIn: 3600,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => sendReset(user.email, token),
      onPasswordReset: ({ user }) => wasReset(user.id),
    },
    plugins: [
      twoFactor({
        issuer: 'Elepherd',
        allowPasswordless: true,
        schema: {
          user: { fields: { twoFactorEnabled: 'second_factor_enabled' } },
          twoFactor: {
            modelName: 'second_factor',
            fields: {
              backupCodes: 'recovery_codes',
              userId: 'account_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      passkey({
        rpID: rpId,
        rpName: 'Elepherd',
        schema: {
          passkey: {
            fields: {
              userId: 'account_id',
              publicKey: 'public_key',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
              createdAt: 'created_at',
            },
          },
        },
      }),
      openSessions(),
      ...(provider === 'oidc' ? [oidc(config)] : provider === 'github' ? [github(config)] : []),
    ],
  });
}
export type BetterAuth = ReturnType<typeof makeBetterAuth>;

function oidc(config: Config) {
  const issuer = (config.OIDC_ISSUER ?? '').replace(/\/$/, '');
  return genericOAuth({
    config: [
      {
        providerId: 'oidc' satisfies Provider,
        name: config.OIDC_NAME,
        discoveryUrl: `${issuer}/.well-known/openid-configuration`,
        clientId: config.OIDC_CLIENT_ID ?? '',
        ...(config.OIDC_CLIENT_SECRET ? { clientSecret: config.OIDC_CLIENT_SECRET } : {}),
        scopes: ['openid', 'profile', 'email'],
        requireIdTokenVerification: true,
        mapProfileToUser: (profile) => ({
          name: (profile.name || profile.email || 'OIDC').slice(0, 200),
          email: profile.email?.toLowerCase(),
          image: undefined,
        }),
      },
    ],
  });
}

/** GitHub is OAuth 2 without OIDC: who somebody is, its API says. */
function github(config: Config) {
  const base = config.GITHUB_URL.replace(/\/+$/, '');
  const api = (
    config.GITHUB_API_URL ?? (base === 'https://github.com' ? 'https://api.github.com' : `${base}/api/v3`)
  ).replace(/\/+$/, '');
  return genericOAuth({
    config: [
      {
        providerId: 'github' satisfies Provider,
        name: config.GITHUB_NAME,
        authorizationUrl: `${base}/login/oauth/authorize`,
        tokenUrl: `${base}/login/oauth/access_token`,
        clientId: config.GITHUB_CLIENT_ID ?? '',
        clientSecret: config.GITHUB_CLIENT_SECRET ?? '',
        scopes: ['read:user', 'user:email'],
        pkce: true,
        // A refusal comes with status 200 and without a token.
        getUserInfo: async ({ accessToken }) =>
          accessToken ? ((await askGithub(api, accessToken)) ?? null) : null,
        mapProfileToUser: (profile) => ({
          name: (profile.name || 'GitHub').slice(0, 200),
          image: undefined,
        }),
      },
    ],
  });
}

/** Signs an account in whose right to it our own code has checked. */
function openSessions() {
  return {
    id: 'elepherd-open-session',
    endpoints: {
      openSession: createAuthEndpoint(
        '/elepherd/open-session',
        { method: 'POST', body: z.object({ accountId: z.uuid() }), metadata: { SERVER_ONLY: true } },
        async (ctx) => {
          const user = await ctx.context.internalAdapter.findUserById(ctx.body.accountId);
          if (!user) throw ctx.error('NOT_FOUND');
          const session = await ctx.context.internalAdapter.createSession(user.id);
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ accountId: user.id });
        },
      ),
    },
  };
}

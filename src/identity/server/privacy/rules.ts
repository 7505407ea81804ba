/** A column of a table that says whose a row is, and what of the row its owner is not given. */
export type PersonalColumn = {
  table: string;
  column: string;
  /** What the row says that is a secret of ours or a key, and would only harm in a file. */
  without?: readonly string[];
  /** Why such rows are not given at all. */
  keptBack?: string;
};

/** Every column of schema identity that refers to an account, by its id or its address. A test finds those that are missing. */
export const accountColumns: readonly PersonalColumn[] = [
  { table: 'identity.account', column: 'id' },
  {
    table: 'identity.credential',
    column: 'account_id',
    without: ['access_token', 'refresh_token', 'id_token', 'password_hash'],
  },
  { table: 'identity.session', column: 'account_id', without: ['token'] },
  { table: 'identity.second_factor', column: 'account_id', without: ['secret', 'recovery_codes'] },
  { table: 'identity.passkey', column: 'account_id', without: ['public_key', 'credential_id'] },
  { table: 'identity.membership', column: 'account_id' },
  { table: 'identity.invitation', column: 'invited_by', without: ['token_hash'] },
  { table: 'identity.invitation', column: 'email', without: ['token_hash'] },
  { table: 'identity.api_key', column: 'created_by', without: ['secret_hash'] },
  { table: 'identity.sign_in_link', column: 'account_id', without: ['token_hash'] },
  { table: 'identity.sign_up', column: 'account_id', without: ['token_hash', 'password_hash'] },
  { table: 'identity.sign_up', column: 'email', without: ['token_hash', 'password_hash'] },
  {
    table: 'identity.spent_code',
    column: 'account_id',
    keptBack: 'Codes of the authenticator app, kept for minutes so that none works twice.',
  },
];

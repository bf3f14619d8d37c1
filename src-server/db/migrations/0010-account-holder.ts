/** Users that IAM makes outside of every tenant belong to the account of somebody else. */
export const ACCOUNT_HOLDER_0010: readonly string[] = [
  // account_holder_id: of a user without tenant, whose account it is in; null: it is an account of its own.
  'ALTER TABLE iam_user ADD COLUMN account_holder_id INTEGER',
  'CREATE INDEX iam_user_by_holder ON iam_user (account_holder_id)',
  'CREATE INDEX iam_user_by_account ON iam_user (account_id, name)',
];

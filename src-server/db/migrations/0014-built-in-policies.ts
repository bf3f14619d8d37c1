/** What tools expect to find under AWS's own names: nobody's account, nobody changes them. */
const POLICIES: readonly (readonly [name: string, description: string, actions: readonly string[]])[] = [
  ['AdministratorAccess', 'Everything in the account.', ['*']],
  ['AmazonS3FullAccess', 'Every bucket of the account, in every way.', ['s3:*']],
  ['AmazonS3ReadOnlyAccess', 'Reads every bucket of the account.', ['s3:Get*', 's3:List*', 's3:Describe*']],
  ['IAMFullAccess', 'Users, groups, roles and policies of the account.', ['iam:*']],
  [
    'IAMReadOnlyAccess',
    'Shows users, groups, roles and policies of the account.',
    ['iam:Get*', 'iam:List*', 'iam:Simulate*'],
  ],
];

const CREATED_MS = 1_422_921_600_000;

/** Policies that come with the product, with ids below those of the sequence; and which tags of a session the next one inherits. */
export const BUILT_IN_POLICIES_0014: readonly string[] = [
  ...POLICIES.flatMap(([name, description, actions], index) => [
    `INSERT INTO managed_policy (id, account_id, name, path, unique_id, description, default_version, next_version,
       tags, created_ms, updated_ms)
     VALUES (${-1 - index}, 'aws', '${name}', '/', 'ANPASTOWAGEBUILTIN00${index + 1}', '${description}', 1, 2, NULL,
       ${CREATED_MS}, ${CREATED_MS})`,
    `INSERT INTO policy_version (policy_id, version, document, created_ms)
     VALUES (${-1 - index}, 1, '${documentOf(actions)}', ${CREATED_MS})`,
  ]),
  // JSON list of tag keys.
  `ALTER TABLE sts_session ADD COLUMN transitive_tag_keys TEXT`,
];

function documentOf(actions: readonly string[]): string {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

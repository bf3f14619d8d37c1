import { policyArn } from '../../domain/arn-names.ts';
import { BUILT_IN_ACCOUNT } from '../../domain/iam-rules.ts';
import type { SequenceId } from '../../domain/ids.ts';
import type { ReadTx } from '../tx.ts';

const NAME_IN_ARN = /:policy\/(?:.*\/)?([^/]+)$/;

/** The managed policy of this ARN, of the account or built in; undefined for every other one. */
export async function findPolicyIdByArn(tx: ReadTx, accountId: string, arn: string): Promise<SequenceId | undefined> {
  const name = NAME_IN_ARN.exec(arn)?.[1];
  if (name === undefined) return undefined;
  for (const owner of [accountId, BUILT_IN_ACCOUNT]) {
    const row = await tx.get<{ readonly id: SequenceId; readonly path: string }>(
      'SELECT id, path FROM managed_policy WHERE account_id = ? AND name = ?',
      owner,
      name,
    );
    if (row !== undefined && policyArn(owner, row.path, name) === arn) return row.id;
  }
  return undefined;
}

/** The managed policy of this name, of the account, else built in. */
export async function findPolicyIdByName(tx: ReadTx, accountId: string, name: string): Promise<SequenceId | undefined> {
  for (const owner of [accountId, BUILT_IN_ACCOUNT]) {
    const sql = 'SELECT id FROM managed_policy WHERE account_id = ? AND name = ?';
    const row = await tx.get<{ readonly id: SequenceId }>(sql, owner, name);
    if (row !== undefined) return row.id;
  }
  return undefined;
}

/** The ARN of a managed policy. */
export async function findPolicyArn(tx: ReadTx, policyId: SequenceId): Promise<string | undefined> {
  const row = await tx.get<{ readonly account_id: string; readonly path: string; readonly name: string }>(
    'SELECT account_id, path, name FROM managed_policy WHERE id = ?',
    policyId,
  );
  return row && policyArn(row.account_id, row.path, row.name);
}

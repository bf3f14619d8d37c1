import type { EpochMs, SequenceId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** A policy of an account, or (account `aws`) one that comes with the product. */
export interface ManagedPolicyRow {
  readonly id: SequenceId;
  readonly account_id: string;
  readonly name: string;
  readonly path: string;
  readonly unique_id: string;
  readonly description: string;
  readonly default_version: number;
  readonly next_version: number;
  /** JSON object. */
  readonly tags: string | null;
  readonly created_ms: EpochMs;
  readonly updated_ms: EpochMs;
}

/** With how many carry it, and how many have it as their boundary. */
export type CountedPolicyRow = ManagedPolicyRow & { readonly attachments: number; readonly boundaries: number };

const COUNTED = `SELECT p.*,
    (SELECT count(*) FROM attached_policy a WHERE a.policy_id = p.id) AS attachments,
    (SELECT count(*) FROM iam_user u WHERE u.boundary_policy_id = p.id)
      + (SELECT count(*) FROM iam_role r WHERE r.boundary_policy_id = p.id) AS boundaries
  FROM managed_policy p`;

/** The policies of some accounts, by name, then account. */
export async function listManagedPolicies(tx: ReadTx, accountIds: readonly string[]): Promise<CountedPolicyRow[]> {
  const [first = '', second = ''] = accountIds;
  return tx.all<CountedPolicyRow>(
    `${COUNTED} WHERE p.account_id IN (?, ?) ORDER BY p.name, p.account_id`,
    first,
    second,
  );
}

/** Every policy of the install, by account and name. */
export async function listEveryPolicy(tx: ReadTx): Promise<ManagedPolicyRow[]> {
  return tx.all<ManagedPolicyRow>('SELECT * FROM managed_policy ORDER BY account_id, name');
}

/** The policy of this name in an account. */
export async function findManagedPolicy(
  tx: ReadTx,
  accountId: string,
  name: string,
): Promise<CountedPolicyRow | undefined> {
  return tx.get<CountedPolicyRow>(`${COUNTED} WHERE p.account_id = ? AND p.name = ?`, accountId, name);
}

/** The policy with this id. */
export async function findManagedPolicyById(tx: ReadTx, id: SequenceId): Promise<CountedPolicyRow | undefined> {
  return tx.get<CountedPolicyRow>(`${COUNTED} WHERE p.id = ?`, id);
}

/** How many policies an account has. */
export async function countManagedPolicies(tx: ReadTx, accountId: string): Promise<number> {
  const sql = 'SELECT count(*) AS found FROM managed_policy WHERE account_id = ?';
  return (await tx.get<{ found: number }>(sql, accountId))?.found ?? 0;
}

/** Adds a policy; its name is free. */
export async function insertManagedPolicy(tx: WriteTx, row: ManagedPolicyRow): Promise<void> {
  await tx.run(
    `INSERT INTO managed_policy (id, account_id, name, path, unique_id, description, default_version, next_version,
       tags, created_ms, updated_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.account_id,
    row.name,
    row.path,
    row.unique_id,
    row.description,
    row.default_version,
    row.next_version,
    row.tags,
    row.created_ms,
    row.updated_ms,
  );
}

/** Overwrites what may change of a policy: versions, tags, time of the last change. */
export async function updateManagedPolicy(
  tx: WriteTx,
  row: Pick<ManagedPolicyRow, 'id' | 'default_version' | 'next_version' | 'tags' | 'updated_ms'>,
): Promise<void> {
  await tx.run(
    'UPDATE managed_policy SET default_version = ?, next_version = ?, tags = ?, updated_ms = ? WHERE id = ?',
    row.default_version,
    row.next_version,
    row.tags,
    row.updated_ms,
    row.id,
  );
}

/** Removes a policy with its versions; nobody carries it. */
export async function deleteManagedPolicyRow(tx: WriteTx, id: SequenceId): Promise<void> {
  await tx.run('DELETE FROM policy_version WHERE policy_id = ?', id);
  await tx.run('DELETE FROM managed_policy WHERE id = ?', id);
}

export interface PolicyVersionRow {
  readonly policy_id: SequenceId;
  readonly version: number;
  readonly document: string;
  readonly created_ms: EpochMs;
}

/** The versions of a policy, the newest first. */
export async function listPolicyVersions(tx: ReadTx, policyId: SequenceId): Promise<PolicyVersionRow[]> {
  return tx.all<PolicyVersionRow>('SELECT * FROM policy_version WHERE policy_id = ? ORDER BY version DESC', policyId);
}

/** One version of a policy. */
export async function findPolicyVersion(
  tx: ReadTx,
  policyId: SequenceId,
  version: number,
): Promise<PolicyVersionRow | undefined> {
  return tx.get<PolicyVersionRow>(
    'SELECT * FROM policy_version WHERE policy_id = ? AND version = ?',
    policyId,
    version,
  );
}

/** Adds a version; its number is new. */
export async function insertPolicyVersion(tx: WriteTx, row: PolicyVersionRow): Promise<void> {
  await tx.run(
    'INSERT INTO policy_version (policy_id, version, document, created_ms) VALUES (?, ?, ?, ?)',
    row.policy_id,
    row.version,
    row.document,
    row.created_ms,
  );
}

/** Removes a version; it is not the default one. */
export async function deletePolicyVersionRow(tx: WriteTx, policyId: SequenceId, version: number): Promise<void> {
  await tx.run('DELETE FROM policy_version WHERE policy_id = ? AND version = ?', policyId, version);
}

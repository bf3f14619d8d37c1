import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import type { IamUserRow } from './iam-user.ts';

/** A group of an account. */
export interface IamGroupRow {
  readonly id: SequenceId;
  readonly account_id: string;
  readonly name: string;
  readonly path: string;
  readonly unique_id: string;
  readonly created_ms: EpochMs;
}

/** The group of this name in an account. */
export async function findGroupByName(tx: ReadTx, accountId: string, name: string): Promise<IamGroupRow | undefined> {
  return tx.get<IamGroupRow>('SELECT * FROM iam_group WHERE account_id = ? AND name = ?', accountId, name);
}

/** With how many are in it, and how many policies it carries. */
export type CountedGroupRow = IamGroupRow & { readonly members: number; readonly policies: number };

/** Groups of an account by name, whose path begins with this. */
export async function listGroups(tx: ReadTx, accountId: string, pathPrefix: string): Promise<CountedGroupRow[]> {
  return tx.all<CountedGroupRow>(
    `SELECT g.*, (SELECT count(*) FROM group_member m WHERE m.group_id = g.id) AS members,
       (SELECT count(*) FROM attached_policy a WHERE a.holder_kind = 'group' AND a.holder_id = g.id)
         + (SELECT count(*) FROM inline_policy i WHERE i.holder_kind = 'group' AND i.holder_id = g.id) AS policies
     FROM iam_group g WHERE account_id = ? AND substr(path, 1, length(?)) = ? ORDER BY name`,
    accountId,
    pathPrefix,
    pathPrefix,
  );
}

/** Every group of the install, by account and name. */
export async function listAllGroups(tx: ReadTx): Promise<IamGroupRow[]> {
  return tx.all<IamGroupRow>('SELECT * FROM iam_group ORDER BY account_id, name');
}

/** The groups of a user, by name. */
export async function listGroupsOfUser(tx: ReadTx, userId: UserId): Promise<IamGroupRow[]> {
  return tx.all<IamGroupRow>(
    `SELECT g.* FROM group_member m JOIN iam_group g ON g.id = m.group_id
     WHERE m.user_id = ? ORDER BY g.name, g.id`,
    userId,
  );
}

/** The members of a group, by name. */
export async function listMembers(tx: ReadTx, groupId: SequenceId): Promise<IamUserRow[]> {
  return tx.all<IamUserRow>(
    'SELECT u.* FROM group_member m JOIN iam_user u ON u.id = m.user_id WHERE m.group_id = ? ORDER BY u.name',
    groupId,
  );
}

/** Adds a group; its name is free in the account. */
export async function insertGroup(tx: WriteTx, row: IamGroupRow): Promise<void> {
  await tx.run(
    'INSERT INTO iam_group (id, account_id, name, path, unique_id, created_ms) VALUES (?, ?, ?, ?, ?, ?)',
    row.id,
    row.account_id,
    row.name,
    row.path,
    row.unique_id,
    row.created_ms,
  );
}

/** Gives a group another name, which is free, or path. */
export async function updateGroupRow(tx: WriteTx, { id, name, path }: IamGroupRow): Promise<void> {
  await tx.run('UPDATE iam_group SET name = ?, path = ? WHERE id = ?', name, path, id);
}

/** Removes a group; who and what hangs on it is gone before. */
export async function deleteGroupRow(tx: WriteTx, id: SequenceId): Promise<void> {
  await tx.run('DELETE FROM iam_group WHERE id = ?', id);
}

/** Is this user in the group? */
export async function isMember(tx: ReadTx, groupId: SequenceId, userId: UserId): Promise<boolean> {
  const sql = 'SELECT user_id FROM group_member WHERE group_id = ? AND user_id = ?';
  return (await tx.get(sql, groupId, userId)) !== undefined;
}

/** Puts somebody into a group, who is not in it. */
export async function insertMember(tx: WriteTx, groupId: SequenceId, userId: UserId): Promise<void> {
  await tx.run('INSERT INTO group_member (group_id, user_id) VALUES (?, ?)', groupId, userId);
}

/** Takes somebody out of a group. */
export async function deleteMember(tx: WriteTx, groupId: SequenceId, userId: UserId): Promise<void> {
  await tx.run('DELETE FROM group_member WHERE group_id = ? AND user_id = ?', groupId, userId);
}

/** Takes somebody out of every group. */
export async function deleteMembershipsOf(tx: WriteTx, userId: UserId): Promise<void> {
  await tx.run('DELETE FROM group_member WHERE user_id = ?', userId);
}

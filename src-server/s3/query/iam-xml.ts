import type { IamGroupRow } from '../../db/tables/iam-group.ts';
import type { IamUserRow } from '../../db/tables/iam-user.ts';
import { identityOf } from '../../services/access/user-identity.ts';
import { arnOfGroup } from '../../services/iam/ask.ts';
import { element, wrap } from '../xml/xml-writer.ts';
import { isoTime, members } from './query-page.ts';

/** The facts of a user that every answer shows (IAM API reference, User). */
export function userFacts(row: IamUserRow): string {
  const { arn, uniqueId } = identityOf(row, null);
  return (
    element('Path', row.path) +
    element('UserName', row.name) +
    element('UserId', uniqueId) +
    element('Arn', arn) +
    element('CreateDate', isoTime(row.created_ms))
  );
}

/** A user with tags and boundary, as single answers show it. */
export function wholeUser(row: IamUserRow, boundaryArn: string | undefined): string {
  const boundary =
    boundaryArn === undefined
      ? ''
      : wrap(
          'PermissionsBoundary',
          element('PermissionsBoundaryType', 'Policy') + element('PermissionsBoundaryArn', boundaryArn),
        );
  const tags = Object.entries(identityOf(row, null).tags);
  return userFacts(row) + boundary + (tags.length === 0 ? '' : tagList(tags));
}

export function tagList(tags: readonly (readonly [string, string])[]): string {
  return members('Tags', tags, ([key, value]) => element('Key', key) + element('Value', value));
}

/** The facts of a group (IAM API reference, Group). */
export function groupFacts(row: IamGroupRow): string {
  return (
    element('Path', row.path) +
    element('GroupName', row.name) +
    element('GroupId', row.unique_id) +
    element('Arn', arnOfGroup(row)) +
    element('CreateDate', isoTime(row.created_ms))
  );
}

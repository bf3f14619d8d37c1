import type { Person, PersonDetails } from '../contract/people.ts';
import { userArn } from '../domain/arn-names.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import type { PersonDetails as FoundPerson } from '../services/people/find-person.ts';
import type { PersonRow } from '../services/people/list-people.ts';
import { presentKey } from './present-key.ts';

/** A user as admins see one. Root is never among those. */
export function presentPerson(row: PersonRow, callerId: UserId, nowMs: EpochMs): Person {
  if (row.role === 'root') throw new Error('root is not shown');
  const hasLink = row.link_expires_ms !== null && row.link_expires_ms > nowMs;
  const seen = Math.max(row.session_used_ms ?? 0, row.key_used_ms ?? 0);
  const isInvited = row.has_password === 0 && hasLink;
  return {
    name: row.name,
    arn: userArn(row.account_id, row.path, row.name),
    displayName: row.display_name,
    email: row.email,
    role: row.role,
    tenant: row.tenant_name,
    state: row.state === 'active' && isInvited ? 'invited' : row.state,
    isYou: row.id === callerId,
    hasPassword: row.has_password === 1,
    hasSecondFactor: row.has_second_factor === 1,
    createdAtMs: row.created_ms,
    lastSeenAtMs: seen === 0 ? null : seen,
    linkExpiresAtMs: hasLink ? row.link_expires_ms : null,
    keys: row.keys,
    buckets: row.buckets,
  };
}

/** A user with what hangs on them. */
export function presentPersonDetails(found: FoundPerson, callerId: UserId, nowMs: EpochMs): PersonDetails {
  return {
    person: presentPerson(found.person, callerId, nowMs),
    keys: found.keys.map((row) => presentKey(row, nowMs)),
    sessions: found.sessions.map((row) => ({
      createdAtMs: row.created_ms,
      lastUsedAtMs: row.used_ms,
      address: row.address,
      client: row.client,
    })),
    bucketNames: [...found.bucketNames],
  };
}

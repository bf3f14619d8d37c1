import { CATALOGUE_0001 } from './0001-catalogue.ts';
import { SESSION_0002 } from './0002-session.ts';
import { PEOPLE_0003 } from './0003-people.ts';
import { CHANGE_RECORD_0004 } from './0004-change-record.ts';
import { SHARE_0005 } from './0005-share.ts';
import { OPERATIONS_0006 } from './0006-operations.ts';
import { CAME_0007 } from './0007-came.ts';
import { ACCESS_0008 } from './0008-access.ts';
import { SOSAPI_0009 } from './0009-sosapi.ts';
import { ACCOUNT_HOLDER_0010 } from './0010-account-holder.ts';
import { AUDIT_0011 } from './0011-audit.ts';
import { QUOTAS_0012 } from './0012-quotas.ts';
import { SHARE_BY_BUCKET_0013 } from './0013-share-by-bucket.ts';
import { BUILT_IN_POLICIES_0014 } from './0014-built-in-policies.ts';
import { OBJECT_LOCK_0015 } from './0015-object-lock.ts';
import type { Migration } from './migration.ts';

/** Every step there ever was, in order. Steps stay for ever: an old log replays them. */
export const MIGRATIONS: readonly Migration[] = [
  { to: 1, statements: CATALOGUE_0001 },
  { to: 2, statements: SESSION_0002 },
  { to: 3, statements: PEOPLE_0003 },
  { to: 4, statements: CHANGE_RECORD_0004 },
  { to: 5, statements: SHARE_0005 },
  { to: 6, statements: OPERATIONS_0006 },
  { to: 7, statements: CAME_0007 },
  { to: 8, statements: ACCESS_0008 },
  { to: 9, statements: SOSAPI_0009 },
  { to: 10, statements: ACCOUNT_HOLDER_0010 },
  { to: 11, statements: AUDIT_0011 },
  { to: 12, statements: QUOTAS_0012 },
  { to: 13, statements: SHARE_BY_BUCKET_0013 },
  { to: 14, statements: BUILT_IN_POLICIES_0014 },
  { to: 15, statements: OBJECT_LOCK_0015 },
];

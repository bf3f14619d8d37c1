import { join } from 'node:path';
import { type AuditRecordRow, listAuditBefore } from '../../db/tables/audit-record.ts';
import { AUDIT_FOLDER } from '../../observability/audit-heads.ts';
import { type DeniedRecord, readDenied } from '../../observability/denied-chain.ts';
import { deniedFiles } from '../../observability/denied-log.ts';
import { readTextIfThere } from '../../platform/disk-folder.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';

/** What is asked for; empty texts are anything, others are found within. */
export interface AuditSearch {
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  readonly fromMs: number | undefined;
  readonly untilMs: number | undefined;
  /** Records before this one. */
  readonly before: number | undefined;
  readonly limit: number;
}

/** Some records, newest first, and where the next page begins; undefined: there are no more. */
export interface AuditPage<T> {
  readonly entries: readonly T[];
  readonly next: number | undefined;
}

const SCAN = 500;
/** So much is looked through for one page; a rare match may be behind `next`. */
const SCANS_MAX = 40;

/** A page of the changes, of the caller's tenant alone where they have one. Throws AccessDenied for who is no admin. */
export async function listChanges(
  context: ServiceContext,
  identity: UserIdentity & Identity,
  search: AuditSearch,
): Promise<AuditPage<AuditRecordRow>> {
  await authorize(context, { identity, iamAction: 'stowage:ReadAudit' });
  const { tenantId } = identity;
  const entries: AuditRecordRow[] = [];
  let below = search.before ?? Number.MAX_SAFE_INTEGER;
  for (let scan = 0; scan < SCANS_MAX; scan += 1) {
    const rows = await context.catalogue.read((tx) => listAuditBefore(tx, below, SCAN));
    for (const row of rows) {
      below = row.seq;
      const isTheirs = tenantId === null || row.tenant_id === tenantId;
      const facts = { who: row.actor_name, accessKeyId: row.access_key_id, atMs: row.at_ms };
      if (isTheirs && matches(search, { ...facts, action: row.action, resource: row.resource })) entries.push(row);
      if (entries.length === search.limit) return { entries, next: below };
    }
    if (rows.length < SCAN) return { entries, next: undefined };
  }
  return { entries, next: below };
}

/** The same of refused requests. */
export async function listDenied(
  context: ServiceContext,
  identity: UserIdentity & Identity,
  search: AuditSearch,
): Promise<AuditPage<DeniedRecord>> {
  await authorize(context, { identity, iamAction: 'stowage:ReadAudit' });
  const folder = join(context.config.dataDir, AUDIT_FOLDER);
  const entries: DeniedRecord[] = [];
  for (const name of (await deniedFiles(folder)).reverse()) {
    const lines = ((await readTextIfThere(join(folder, name))) ?? '').split('\n');
    for (const line of lines.reverse()) {
      const record = readDenied(line);
      if (record === undefined || record.seq >= (search.before ?? Number.MAX_SAFE_INTEGER)) continue;
      const isTheirs = identity.tenantId === null || record.tenantId === identity.tenantId;
      if (isTheirs && matches(search, record)) entries.push(record);
      if (entries.length === search.limit) return { entries, next: record.seq };
    }
  }
  return { entries, next: undefined };
}

type Matched = Pick<DeniedRecord, 'who' | 'accessKeyId' | 'action' | 'resource' | 'atMs'>;

function matches(search: AuditSearch, { who, accessKeyId, action, resource, atMs }: Matched): boolean {
  if (search.fromMs !== undefined && atMs < search.fromMs) return false;
  if (search.untilMs !== undefined && atMs > search.untilMs) return false;
  const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
  return has(`${who} ${accessKeyId ?? ''}`, search.who) && has(action, search.action) && has(resource, search.resource);
}

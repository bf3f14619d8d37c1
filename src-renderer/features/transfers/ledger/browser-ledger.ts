import * as z from 'zod';
import type { Ledger, LedgerRecord } from '../engine/ports.ts';
import type { SentPart } from '../engine/transfer.ts';
import type { FinderLedger, StoredDrop } from '../finder.ts';
import { DROPS, openDatabase, PARTS, RECORDS, ROOTS, readAll, write } from './database.ts';
import { noteTransfers } from './flag.ts';

/** A folder or file that transfers come from, where the browser gives something that outlives the page. */
export interface StoredRoot {
  readonly id: string;
  readonly handle: FileSystemHandle;
}

interface StoredTransfer {
  readonly record: LedgerRecord;
  readonly parts: ReadonlyMap<number, SentPart>;
}

export interface BrowserLedger extends Ledger, FinderLedger {
  /** Does it outlive the page at all? */
  readonly isKept: boolean;
  /** This user's, of visits that are over. */
  load(
    isAlive: (visit: string) => boolean,
  ): Promise<{ transfers: StoredTransfer[]; roots: StoredRoot[]; drops: StoredDrop[] }>;
  saveRoots(roots: readonly StoredRoot[]): Promise<void>;
}

const placeSchema = z.object({ rootId: z.string(), path: z.array(z.string()) });
const recordSchema = z.object({
  id: z.string(),
  user: z.string(),
  visit: z.string(),
  drop: z.string(),
  bucket: z.string(),
  key: z.string(),
  path: z.string(),
  sizeBytes: z.number(),
  modifiedAtMs: z.number(),
  contentType: z.string(),
  state: z.enum(['waiting', 'paused', 'failed']),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  place: placeSchema.optional(),
  rule: z.enum(['absent', 'any']).optional(),
  upload: z.object({ uploadId: z.string(), partBytes: z.number(), firstBlock: z.string() }).optional(),
});
const partSchema = z.object({ etag: z.string(), crc64nvme: z.string() });
const rootSchema = z.object({
  id: z.string(),
  handle: z.custom<FileSystemHandle>((value) => typeof value === 'object'),
});
const dropSchema = z.object({
  id: z.string(),
  user: z.string(),
  visit: z.string(),
  bucket: z.string(),
  prefix: z.string(),
  names: z.array(z.string()),
  rootIds: z.array(z.string()),
});

/** The ledger of one user, written by this visit. Where the browser keeps nothing it keeps nothing, and says so. */
export async function openLedger(user: string, visit: string): Promise<BrowserLedger> {
  const database = await openDatabase().catch(() => undefined);
  if (database === undefined) return NOTHING_KEPT;
  const keep = (stores: readonly string[], work: (transaction: IDBTransaction) => void) =>
    // A full disk must not end the transfers: what is not kept is chosen again.
    write(database, stores, work).catch(() => undefined);
  return {
    isKept: true,
    save: (records) => {
      noteTransfers(true);
      return keep([RECORDS], (transaction) => {
        for (const record of records) transaction.objectStore(RECORDS).put({ ...record, user, visit });
      });
    },
    savePart: (id, partNumber, part) =>
      keep([PARTS], (transaction) => void transaction.objectStore(PARTS).put(part, [id, partNumber])),
    removeParts: (id) => keep([PARTS], (transaction) => void transaction.objectStore(PARTS).delete(rangeOf(id))),
    remove: (ids) =>
      keep([RECORDS, PARTS], (transaction) => {
        for (const id of ids) {
          transaction.objectStore(RECORDS).delete(id);
          transaction.objectStore(PARTS).delete(rangeOf(id));
        }
      }),
    saveRoots: (roots) =>
      keep([ROOTS], (transaction) => {
        for (const root of roots) transaction.objectStore(ROOTS).put(root);
      }),
    saveDrop: (drop) => {
      noteTransfers(true);
      return keep([DROPS], (transaction) => void transaction.objectStore(DROPS).put({ ...drop, user, visit }));
    },
    removeDrop: (id) => keep([DROPS], (transaction) => void transaction.objectStore(DROPS).delete(id)),
    load: (isAlive) => load(database, user, isAlive),
  };
}

async function load(database: IDBDatabase, user: string, isAlive: (visit: string) => boolean) {
  const records: z.infer<typeof recordSchema>[] = [];
  for (const [index, value] of (await readAll(database, RECORDS)).values.entries()) {
    const parsed = recordSchema.safeParse(value);
    if (parsed.success) records.push(parsed.data);
    // Thousands of them are not looked through in one go.
    if (index % 1000 === 999) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const parts = await loadParts(database);
  const mine = records.filter((record) => record.user === user && !isAlive(record.visit));
  const roots = parsedOf(rootSchema, (await readAll(database, ROOTS)).values);
  const drops = parsedOf(dropSchema, (await readAll(database, DROPS)).values);
  const used = new Set([...records.map(({ place }) => place?.rootId), ...drops.flatMap(({ rootIds }) => rootIds)]);
  const unused = roots.filter(({ id }) => !used.has(id));
  await write(database, [ROOTS], (transaction) => {
    for (const { id } of unused) transaction.objectStore(ROOTS).delete(id);
  });
  if (records.length + drops.length === 0) noteTransfers(false);
  return {
    transfers: mine.map((record) => ({ record: whole(record), parts: parts.get(record.id) ?? new Map() })),
    roots: roots.filter(({ id }) => used.has(id)),
    drops: drops.filter((drop) => drop.user === user && !isAlive(drop.visit)),
  };
}

/** What another version left and this one cannot read is left out. */
function parsedOf<S extends z.ZodType>(schema: S, values: readonly unknown[]): z.infer<S>[] {
  return values.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

function whole(record: z.infer<typeof recordSchema>): LedgerRecord {
  const { error, place, rule, upload } = record;
  return { ...record, error, place, rule, upload };
}

async function loadParts(database: IDBDatabase): Promise<Map<string, Map<number, SentPart>>> {
  const { keys, values } = await readAll(database, PARTS);
  const found = new Map<string, Map<number, SentPart>>();
  const keySchema = z.tuple([z.string(), z.number()]);
  keys.forEach((key, index) => {
    const [id, partNumber] = keySchema.parse(key);
    const part = partSchema.safeParse(values[index]);
    if (!part.success) return;
    const parts = found.get(id) ?? new Map<number, SentPart>();
    parts.set(partNumber, part.data);
    found.set(id, parts);
  });
  return found;
}

function rangeOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

const nothing = () => Promise.resolve();
const NOTHING_KEPT: BrowserLedger = {
  isKept: false,
  save: nothing,
  savePart: nothing,
  removeParts: nothing,
  remove: nothing,
  saveRoots: nothing,
  saveDrop: nothing,
  removeDrop: nothing,
  load: () => Promise.resolve({ transfers: [], roots: [], drops: [] }),
};

import * as z from 'zod';
import type { ObjectKey, SequenceId, VersionId } from '../../domain/ids.ts';
import { centralLength, entryLength, type ZipEntry } from '../../domain/zip-format.ts';

/** Where an entry's bytes come from. An object is named by the very version that was chosen. */
export type EntrySource =
  | {
      readonly kind: 'object';
      readonly key: ObjectKey;
      readonly seq: SequenceId;
      readonly versionId: VersionId;
    }
  | { readonly kind: 'text'; readonly bytes: Buffer };

/** One entry of a planned archive, and where it stands in it. */
export interface PlannedEntry extends ZipEntry {
  readonly index: number;
  readonly source: EntrySource;
  readonly offset: number;
  /** Of its record in the central directory, from the directory's start. */
  readonly centralOffset: number;
}

/** An entry before its place is known. */
export interface NewEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly source: Extract<EntrySource, { kind: 'object' }> | { readonly kind: 'text'; readonly text: string };
}

/** Where reading may begin: every so many entries. */
export interface PlanPoint {
  readonly index: number;
  /** Of the record in the plan's file. */
  readonly recordOffset: number;
  readonly offset: number;
  readonly centralOffset: number;
}

const recordSchema = z.union([
  z.tuple([z.string(), z.number(), z.number(), z.string(), z.number(), z.string()]),
  z.tuple([z.string(), z.number(), z.number(), z.string()]),
]);

/** A line of the plan's file, with its line end. */
export function formatRecord({ name, sizeBytes, modifiedMs, source }: NewEntry): string {
  const facts = [name, sizeBytes, modifiedMs];
  const rest = source.kind === 'text' ? [source.text] : [source.key, source.seq, source.versionId];
  return `${JSON.stringify([...facts, ...rest])}\n`;
}

/** Reads a line back. Throws for what `formatRecord` did not write: a file torn by a loss of power. */
export function readRecord(line: string, place: Omit<PlanPoint, 'recordOffset'>): PlannedEntry {
  const [name, sizeBytes, modifiedMs, text, seq, versionId] = recordSchema.parse(JSON.parse(line));
  // Written from these very types.
  const source: EntrySource =
    seq === undefined || versionId === undefined
      ? { kind: 'text', bytes: Buffer.from(text) }
      : { kind: 'object', key: text as ObjectKey, seq: seq as SequenceId, versionId: versionId as VersionId };
  return { ...place, name: Buffer.from(name), isFolder: name.endsWith('/'), sizeBytes, modifiedMs, source };
}

/** Where the entry behind this one stands. */
export function placeBehind(
  entry: ZipEntry,
  { index, offset, centralOffset }: Omit<PlanPoint, 'recordOffset'>,
): Omit<PlanPoint, 'recordOffset'> {
  return {
    index: index + 1,
    offset: offset + entryLength(entry),
    centralOffset: centralOffset + centralLength(entry, offset),
  };
}

/** What stands at the end of the plan's file. */
export const planFactsSchema = z.strictObject({
  format: z.literal(1),
  bucket: z.string(),
  bucketId: z.number(),
  /** Who may use the plan, as its maker names it. */
  holder: z.string(),
  fileName: z.string(),
  expiresAtMs: z.number(),
  /** Of which moment the versions are; null: of the plan's. */
  atMs: z.number().nullable(),
  entries: z.number(),
  renamed: z.number(),
  /** Content, without headers. */
  contentBytes: z.number(),
  directoryOffset: z.number(),
  directoryBytes: z.number(),
  sizeBytes: z.number(),
  /** Strong: over every entry's name, size, time and version. */
  etag: z.string(),
  recordsEnd: z.number(),
  points: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
});
export type PlanFacts = z.infer<typeof planFactsSchema>;

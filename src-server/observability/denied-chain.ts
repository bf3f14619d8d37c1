import * as z from 'zod';
import { chainHash, NO_HASH } from '../domain/audit.ts';
import type { CountedDenial } from './denials.ts';

/** One line of the denied requests' files. */
export type DeniedEntry =
  | ({ readonly kind: 'denied' } & CountedDenial)
  /** So many refused requests of too many kinds were not told apart. */
  | { readonly kind: 'dropped'; readonly atMs: number; readonly count: number }
  /** The oldest file went, up to this record: the files together have a bound. */
  | {
      readonly kind: 'removed';
      readonly atMs: number;
      readonly file: string;
      readonly lastSeq: number;
      readonly lastHash: string;
    };

/** The end of a chain: the number of its last record and that one's hash, in hex. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

export const CHAIN_START: ChainEnd = { seq: 0, hash: Buffer.from(NO_HASH).toString('hex') };

/** A record's line without its end, and where the chain ends now. The hash stands last, over the line before it. */
export function chainLine(end: ChainEnd, entry: DeniedEntry): { readonly line: string; readonly end: ChainEnd } {
  const seq = end.seq + 1;
  const body = JSON.stringify({ seq, previous: end.hash, ...entry });
  const hash = lineHash(end.hash, body);
  return { line: `${body.slice(0, -1)},"hash":"${hash}"}`, end: { seq, hash } };
}

const links = z.object({
  seq: z.int().positive(),
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z.enum(['denied', 'dropped', 'removed']),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a line says of its place in the chain; undefined where it is no whole record, or not what was hashed. */
export function readLine(
  line: string,
): { readonly seq: number; readonly previous: string; readonly hash: string } | undefined {
  const end = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/.exec(line);
  if (end?.[1] === undefined) return undefined;
  try {
    const read = links.parse(JSON.parse(line));
    return read.hash === lineHash(read.previous, `${end[1]}}`) ? read : undefined;
  } catch {
    return undefined;
  }
}

function lineHash(previous: string, body: string): string {
  return chainHash('stowage denied 1', Buffer.from(previous, 'hex'), body).toString('hex');
}

const deniedSchema = z.object({
  kind: z.literal('denied'),
  seq: z.int().positive(),
  atMs: z.int(),
  who: z.string(),
  arn: z.string().nullable(),
  accessKeyId: z.string().nullable(),
  tenantId: z.number().nullable(),
  action: z.string(),
  resource: z.string(),
  code: z.string(),
  status: z.int(),
  port: z.enum(['s3', 'console']),
  sourceAddress: z.string().nullable(),
  requestId: z.string().nullable(),
  reason: z.string().nullable(),
  count: z.int(),
  lastMs: z.int(),
});
/** A refused request as it stands in its file. */
export type DeniedRecord = z.infer<typeof deniedSchema>;

/** The refused request of a line; undefined where it is another record or none. */
export function readDenied(line: string): DeniedRecord | undefined {
  if (!line.includes('"kind":"denied"')) return undefined;
  try {
    return deniedSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

import { hash, randomBytes } from 'node:crypto';

/** Random bytes to send, with the digests that the server must answer with. */
export interface Body {
  readonly bytes: Buffer;
  readonly md5: string;
  readonly sha256: string;
}

/** `count` different incompressible bodies, so that a server that answers with another key's bytes is caught. */
export function makeBodies(sizeBytes: number, count: number): readonly Body[] {
  return Array.from({ length: count }, () => {
    const bytes = randomBytes(sizeBytes);
    return { bytes, md5: hash('md5', bytes), sha256: hash('sha256', bytes) };
  });
}

/** Element `index` of a non-empty list, counting round and round. */
export function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

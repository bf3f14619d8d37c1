import { join } from 'node:path';
import * as z from 'zod';
import { TIERS, type Tier } from '../domain/ids.ts';

export const IDENTITY_FILE = 'stowage-disk.json';
export const LOCK_FILE = 'stowage-disk.lock';

const identitySchema = z.object({
  format: z.literal(1),
  installId: z.uuid(),
  uuid: z.uuid(),
  name: z.string().min(1),
  tier: z.enum(TIERS),
  createdMs: z.int().nonnegative(),
});

/** What makes a folder one of our disks: the content of its identity file. `name` and `tier` as they were when it was made. */
export interface DiskIdentity {
  readonly format: 1;
  readonly installId: string;
  readonly uuid: string;
  readonly name: string;
  readonly tier: Tier;
  readonly createdMs: number;
}

export function identityPath(root: string): string {
  return join(root, IDENTITY_FILE);
}

/** Undefined where the text is no identity of ours, or one of a format that this release does not know. */
export function parseIdentity(text: string): DiskIdentity | undefined {
  try {
    return identitySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function formatIdentity(identity: DiskIdentity): string {
  return `${JSON.stringify(identity, undefined, 2)}\n`;
}

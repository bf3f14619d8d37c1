import { findAccessKey } from '../db/tables/access-key.ts';
import { putAccessKeyUse } from '../db/tables/access-key-use.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs } from '../domain/ids.ts';

/** One use of a key. */
export interface KeyUse {
  readonly accessKeyId: string;
  readonly usedMs: EpochMs;
  readonly address: string;
  readonly client: string;
}

/** Writes back when keys were last used; keys that are gone are left out. */
export async function noteKeyUses(tx: WriteTx, { uses }: { readonly uses: readonly KeyUse[] }): Promise<void> {
  for (const { accessKeyId, usedMs, address, client } of uses) {
    if ((await findAccessKey(tx, accessKeyId)) === undefined) continue;
    await putAccessKeyUse(tx, { key_id: accessKeyId, used_ms: usedMs, address, client });
  }
}

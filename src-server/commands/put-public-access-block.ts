import { type Bucket, setPublicAccessBlock } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutPublicAccessBlockInput extends BucketChangeInput {
  /** Undefined removes the configuration. */
  readonly publicAccessBlock: Bucket['publicAccessBlock'];
}

/** Sets the four switches of Block Public Access. Throws NoSuchBucket. */
export async function putPublicAccessBlock(tx: WriteTx, input: PutPublicAccessBlockInput): Promise<void> {
  await changeBucket(tx, input, 'publicAccessBlock', input.publicAccessBlock, setPublicAccessBlock);
}

import type { Outcome } from '../contract/object-details.ts';
import { type FailureCode, isFailure } from '../domain/failure.ts';
import { messageOf } from './present-error.ts';

const NOT_OF_ONE_KEY: readonly FailureCode[] = ['NoSuchBucket', 'InsufficientStorage', 'ServiceUnavailable'];
/** Keys of one request that are worked on at the same time. */
const AT_ONCE = 16;

/**
 * Does something with each key of a request; one that fails does not keep the others from it. Rejects with what is not about
 * a key: no such bucket, no space, a bug.
 */
export async function eachKey<T extends { readonly key: string }>(
  items: readonly T[],
  change: (item: T) => Promise<unknown>,
): Promise<Outcome> {
  const failed: { key: string; code: string; message: string }[] = [];
  const one = async (item: T): Promise<void> => {
    try {
      await change(item);
    } catch (error) {
      if (!isFailure(error) || NOT_OF_ONE_KEY.includes(error.code)) throw error;
      failed.push({ key: item.key, code: error.code, message: error.message || messageOf(error.code) });
    }
  };
  for (let first = 0; first < items.length; first += AT_ONCE) {
    await Promise.all(items.slice(first, first + AT_ONCE).map(one));
  }
  return { changed: items.length - failed.length, failed };
}

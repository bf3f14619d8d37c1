import type { ItemInput } from '../../commands/support/new-batch.ts';
import { findAnyObject } from '../../db/tables/object-version.ts';
import type { ReadTx } from '../../db/tx.ts';
import { isFailure } from '../../domain/failure.ts';
import type { BucketId, ObjectKey } from '../../domain/ids.ts';
import { compareKeys, successorOf } from '../../domain/listing.ts';
import { parseObjectKey } from '../../domain/object-key.ts';
import { type ConflictRule, numberedName, type OperationProblem } from '../../domain/operation.ts';
import { freshVersionId } from '../objects/object-attributes.ts';

/** Names that are tried before keeping both is given up. */
const NUMBERS = 1000;

/** An object with the key that it is to have. */
export interface Wanted<O> {
  readonly object: O;
  readonly target: string;
}

export interface Chosen<O> {
  readonly taken: readonly { readonly object: O; readonly targetKey: ObjectKey }[];
  readonly skipped: number;
  readonly problems: readonly OperationProblem[];
}

/**
 * The key that each object gets, by the rule for those that are taken. Commands look again where the rule does not replace.
 */
export async function chooseTargets<O extends { readonly key: ObjectKey }>(
  tx: ReadTx,
  bucketId: BucketId,
  wanted: readonly Wanted<O>[],
  rule: ConflictRule,
): Promise<Chosen<O>> {
  const isTaken = await takenIn(tx, bucketId, wanted);
  const given = new Set<string>();
  const taken: { object: O; targetKey: ObjectKey }[] = [];
  const problems: OperationProblem[] = [];
  let skipped = 0;
  for (const { object, target } of wanted) {
    const isFree = async (key: string) => !given.has(key) && !(await isTaken(key));
    const name = (await isFree(target)) || (rule === 'replace' && !given.has(target)) ? target : undefined;
    const chosen = name ?? (rule === 'keep-both' ? await freeName(target, isFree) : undefined);
    const targetKey = chosen === undefined ? undefined : keyOf(chosen);
    if (chosen === undefined) {
      if (rule === 'skip') skipped += 1;
      else problems.push({ key: object.key, code: 'Exists' });
    } else if (targetKey === undefined) problems.push({ key: object.key, code: 'KeyTooLongError' });
    else {
      given.add(targetKey);
      taken.push({ object, targetKey });
    }
  }
  return { taken, skipped, problems };
}

/** What commands are told of an object: with ids at hand for whatever versioning they find. */
export function itemOf(
  object: { readonly key: ObjectKey; readonly seq: ItemInput['seq'] },
  targetKey: ObjectKey,
): ItemInput {
  const { key, seq } = object;
  return { key, seq, targetKey, candidateId: freshVersionId(), markerId: freshVersionId() };
}

/** A question about single keys; one look answers it for all of them where nothing stands between the first and the last. */
async function takenIn(
  tx: ReadTx,
  bucketId: BucketId,
  wanted: readonly Wanted<unknown>[],
): Promise<(key: string) => Promise<boolean>> {
  const sorted = wanted.map(({ target }) => target).sort(compareKeys);
  const [first, last] = [sorted[0], sorted.at(-1)];
  const one = (key: string) => findAnyObject(tx, bucketId, { from: key, end: successorOf(key) });
  if (first === undefined || last === undefined) return async () => false;
  const any = await findAnyObject(tx, bucketId, { from: first, end: successorOf(last) });
  const known = new Set(sorted);
  // Numbered names lie anywhere.
  return async (key) => (any === undefined && known.has(key) ? false : (await one(key)) !== undefined);
}

async function freeName(target: string, isFree: (key: string) => Promise<boolean>): Promise<string | undefined> {
  for (let number = 2; number <= NUMBERS; number++) {
    const name = numberedName(target, number);
    if (await isFree(name)) return name;
  }
  return undefined;
}

function keyOf(text: string): ObjectKey | undefined {
  try {
    return parseObjectKey(text);
  } catch (error) {
    if (isFailure(error, 'KeyTooLongError', 'InvalidURI')) return undefined;
    throw error;
  }
}

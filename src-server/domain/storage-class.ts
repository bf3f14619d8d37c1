import { assertNever } from './assert-never.ts';
import { Failure } from './failure.ts';
import type { Tier } from './ids.ts';

/** The storage classes that objects here can have, by AWS's names. */
export const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
] as const;
export type StorageClass = (typeof STORAGE_CLASSES)[number];

const DEFAULT_STORAGE_CLASS: StorageClass = 'STANDARD';

/**
 * The class that a request names, or the default. Throws InvalidStorageClass for anything else, also for AWS's classes
 * that need RestoreObject (GLACIER, DEEP_ARCHIVE): taking them would promise an archive that does not exist.
 */
export function parseStorageClass(text: string | undefined): StorageClass {
  if (text === undefined) return DEFAULT_STORAGE_CLASS;
  const known = STORAGE_CLASSES.find((name) => name === text);
  if (known === undefined) throw new Failure('InvalidStorageClass');
  return known;
}

/** The tier a class belongs to (DESIGN §1); without a disk there, placement takes the next lower one, else the nearest higher. */
export function tierOf(storageClass: StorageClass): Tier {
  switch (storageClass) {
    case 'STANDARD':
    case 'REDUCED_REDUNDANCY':
    // By heat, which nobody knows of a new object.
    case 'INTELLIGENT_TIERING':
      return 'hot';
    case 'STANDARD_IA':
    case 'ONEZONE_IA':
      return 'warm';
    case 'GLACIER_IR':
      return 'cold';
    default:
      return assertNever(storageClass);
  }
}

import type { BenchCase } from './bench-case.ts';
import { blocks } from './blocks.ts';
import { largeObjects } from './large-objects.ts';
import { manyKeys } from './many-keys.ts';
import { manyParts } from './many-parts.ts';
import { memory } from './memory.ts';
import { ranges } from './ranges.ts';
import { smallObjects } from './small-objects.ts';
import { veeam } from './veeam.ts';

/** Every case, in the order they run. */
export const ALL_CASES: readonly BenchCase[] = [
  memory,
  smallObjects,
  blocks,
  largeObjects,
  ranges,
  manyParts,
  manyKeys,
  veeam,
];

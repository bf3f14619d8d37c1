import { CATALOGUE_0001 } from './0001-catalogue.ts';
import type { Migration } from './migration.ts';

/** Every step there ever was, in order. Steps stay for ever: an old log replays them. */
export const MIGRATIONS: readonly Migration[] = [{ to: 1, statements: CATALOGUE_0001 }];

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod';
import { settingsSchema } from '../../../src-server/config/schema.ts';
import { LEAVES, leafName } from '../../../src-server/config/settings.ts';
import { storedSettingsSchema } from '../../../src-server/config/stored-settings.ts';

/** Dotted names of a nested object schema's leaves. */
function leavesOf(shape: Record<string, unknown>): string[] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    return inner instanceof z.ZodObject ? Object.keys(inner.shape).map((part) => `${key}.${part}`) : [key];
  });
}

describe('settings', () => {
  it('has one row for every leaf of the schema, no more', () => {
    assert.deepEqual(LEAVES.map(leafName), leavesOf(settingsSchema.shape));
  });

  it('stores exactly the rows that may be stored', () => {
    const storable = LEAVES.filter((leaf) => leaf.storable).map(leafName);
    assert.deepEqual(storable, leavesOf(storedSettingsSchema.shape));
  });

  it('uses each option and variable once', () => {
    for (const names of [LEAVES.map((leaf) => leaf.option), LEAVES.map((leaf) => leaf.env)]) {
      const given = names.filter((name) => name !== undefined);
      assert.equal(new Set(given).size, given.length);
    }
  });
});

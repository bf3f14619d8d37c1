import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const RENDERER = fileURLToPath(new URL('../../../src-renderer', import.meta.url));
const LOCALES = join(RENDERER, 'locales');

type Texts = Readonly<Record<string, string>>;
const textsOf = (file: string): Texts => JSON.parse(readFileSync(join(LOCALES, file), 'utf8'));
const english = textsOf('en.json');
const others = readdirSync(LOCALES).filter((file) => file !== 'en.json');

const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '');
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const without = (keys: readonly string[], known: ReadonlySet<string>) => keys.filter((key) => !known.has(key));

const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(join(RENDERER, path), 'utf8'));
const used = new Set(
  sources.flatMap((text) => [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '')),
);

describe('texts of the console', () => {
  it('are all there and all used', () => {
    const known = new Set(Object.keys(english).map(withoutPlural));
    assert.deepEqual(
      { missing: without([...used], known), unused: without([...known], used) },
      { missing: [], unused: [] },
    );
  });

  it('are sorted, so that two changes seldom meet', () => {
    for (const file of ['en.json', ...others]) {
      const keys = Object.keys(textsOf(file));
      assert.deepEqual(keys, [...keys].sort(), file);
    }
  });

  it('keep their tone: no exclamation mark, no "please", no "successfully"', () => {
    assert.deepEqual(
      Object.entries(english).filter(([, text]) => /!|please|success/i.test(text)),
      [],
    );
  });

  for (const file of others) {
    const texts = textsOf(file);

    it(`${file} has every text of en.json and no other`, () => {
      assert.deepEqual(Object.keys(texts), Object.keys(english));
      assert.deepEqual(
        Object.keys(texts).filter((key) => texts[key]?.trim() === ''),
        [],
      );
    });

    it(`${file} fills in the same values`, () => {
      for (const [key, text] of Object.entries(english))
        assert.deepEqual(placeholders(texts[key] ?? ''), placeholders(text), key);
    });
  }
});

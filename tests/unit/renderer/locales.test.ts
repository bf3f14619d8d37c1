import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const RENDERER = fileURLToPath(new URL('../../../src-renderer', import.meta.url));
const LOCALES = join(RENDERER, 'locales');

type Texts = Readonly<Record<string, string>>;
const LANGUAGES = readdirSync(LOCALES);
const areasOf = (language: string) => readdirSync(join(LOCALES, language)).filter((file) => file.endsWith('.json'));
const areaTexts = (language: string, file: string): Texts =>
  JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8'));
const textsOf = (language: string): Texts =>
  Object.assign({}, ...areasOf(language).map((file) => areaTexts(language, file)));
const english = textsOf('en');
const others = LANGUAGES.filter((language) => language !== 'en');

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

  for (const language of LANGUAGES) {
    it(`of ${language}: each in the file of its area, sorted, and every file shown`, () => {
      const index = readFileSync(join(LOCALES, language, 'index.ts'), 'utf8');
      for (const file of areasOf(language)) {
        const keys = Object.keys(areaTexts(language, file));
        assert.deepEqual(keys, [...keys].sort(), file);
        assert.deepEqual(
          keys.filter((key) => !key.startsWith(file.replace('json', ''))),
          [],
        );
        assert.match(index, new RegExp(`from './${file}'`));
      }
    });
  }

  it('keep their tone: no exclamation mark, no "please", no "successfully"', () => {
    assert.deepEqual(
      Object.entries(english).filter(([, text]) => /!|please|success/i.test(text)),
      [],
    );
  });

  for (const language of others) {
    const texts = textsOf(language);

    it(`${language} has every text of English and no other`, () => {
      assert.deepEqual(Object.keys(texts), Object.keys(english));
      assert.deepEqual(
        Object.keys(texts).filter((key) => texts[key]?.trim() === ''),
        [],
      );
    });

    it(`${language} fills in the same values`, () => {
      for (const [key, text] of Object.entries(english))
        assert.deepEqual(placeholders(texts[key] ?? ''), placeholders(text), key);
    });
  }
});

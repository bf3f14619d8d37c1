import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { kindOf } from '../../../src-renderer/features/preview/kind.ts';
import { parseCsv } from '../../../src-renderer/features/preview/parse/csv.ts';
import { decodeText } from '../../../src-renderer/features/preview/parse/decode-text.ts';
import { readExif } from '../../../src-renderer/features/preview/parse/exif.ts';
import { highlight } from '../../../src-renderer/features/preview/parse/highlight.ts';
import { parseMarkdown } from '../../../src-renderer/features/preview/parse/markdown.ts';
import { parseInline } from '../../../src-renderer/features/preview/parse/markdown-inline.ts';
import { readZipListing } from '../../../src-renderer/features/preview/parse/zip-listing.ts';
import { centralRecord, endRecords } from '../../../src-server/domain/zip-format.ts';

const ALL = { maxRows: 1000, isCut: false };

describe('kinds of files', () => {
  it('never shows what could run as what it is', () => {
    assert.deepEqual(
      ['a/x.SVG', 'x.html', 'x.xhtml', 'x.js', 'x.pdf', 'X.JPG', 'x.csv', 'Dockerfile', 'x', 'x.exe', '.gitignore'].map(
        kindOf,
      ),
      ['svg', 'text', 'text', 'text', 'pdf', 'image', 'table', 'text', 'unknown', 'unknown', 'text'],
    );
  });
});

describe('text of bytes', () => {
  it('knows encodings by their mark, and takes what is no UTF-8 for Windows-1252', () => {
    const cases: readonly (readonly [readonly number[], string])[] = [
      [[0xef, 0xbb, 0xbf, 0x61], 'a'],
      [[0xff, 0xfe, 0xfc, 0x00], 'ü'],
      [[0xfe, 0xff, 0x00, 0xfc], 'ü'],
      [[0x61, 0xc3, 0xbc], 'aü'],
      [[0x61, 0xfc, 0x62], 'aüb'],
      [[0x61, 0xc3], 'a'],
    ];
    for (const [bytes, text] of cases) assert.deepEqual(decodeText(Uint8Array.from(bytes)), { text, isBinary: false });
    assert.equal(decodeText(Uint8Array.from([0x7f, 0x45, 0, 1])).isBinary, true);
  });
});

describe('CSV', () => {
  it('reads quotes, line ends and empty fields as RFC 4180 has them', () => {
    assert.deepEqual(parseCsv('a,b,c\r\n1,"two, and ""three""",\r\n"line\r\nbreak",,x', ALL), [
      ['a', 'b', 'c'],
      ['1', 'two, and "three"', ''],
      ['line\r\nbreak', '', 'x'],
    ]);
    assert.deepEqual(parseCsv('', ALL), []);
    assert.deepEqual(parseCsv('a,', ALL), [['a', '']]);
    assert.deepEqual(parseCsv('a\n\nb\n', ALL), [['a'], [''], ['b']]);
  });

  it('finds the delimiter', () => {
    assert.deepEqual(parseCsv('a;b;"c;,,,,"\n1;2;3', ALL)[1], ['1', '2', '3']);
    assert.deepEqual(parseCsv('a\tb, c', ALL), [['a', 'b, c']]);
  });

  it('takes what is not quite right as it is meant', () => {
    assert.deepEqual(parseCsv('a"b,c', ALL), [['a"b', 'c']]);
    assert.deepEqual(parseCsv('"a"b",c', ALL), [['a"b', 'c']]);
    assert.deepEqual(parseCsv('"never ends,c\nd', ALL), [['never ends,c\nd']]);
  });

  it('leaves out what is cut, and rows beyond the limit', () => {
    assert.deepEqual(parseCsv('a,b\n1,2\n3,', { maxRows: 10, isCut: true }), [
      ['a', 'b'],
      ['1', '2'],
    ]);
    assert.deepEqual(parseCsv('a\nb\nc', { maxRows: 2, isCut: false }), [['a'], ['b']]);
  });

  it('reads back whatever is written', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ü') });
    // One column without a name would be no row at all; the first row settles the delimiter.
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 8 }), (rows) => {
        const all = [['x', 'y', 'z'], ...rows];
        const text = all.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        assert.deepEqual(parseCsv(text, ALL), all);
      }),
    );
  });
});

describe('Markdown', () => {
  const text = (value: string) => ({ kind: 'text', text: value });

  it('reads blocks', () => {
    const source =
      '# Plan #\n\nOne\ntwo\n\n> quoted\n\n---\n\n```ts\nlet a = 1;\n```\n\nUnder\n=====\n\n| a | b |\n|---|:-:|\n| 1 | x \\| y |\n';
    assert.deepEqual(parseMarkdown(source), [
      { kind: 'heading', level: 1, content: [text('Plan')] },
      { kind: 'paragraph', content: [text('One\ntwo')] },
      { kind: 'quote', blocks: [{ kind: 'paragraph', content: [text('quoted')] }] },
      { kind: 'rule' },
      { kind: 'code', language: 'ts', text: 'let a = 1;' },
      { kind: 'heading', level: 1, content: [text('Under')] },
      { kind: 'table', head: [[text('a')], [text('b')]], rows: [[[text('1')], [text('x | y')]]] },
    ]);
  });

  it('reads lists in lists, numbers and tasks', () => {
    const [list] = parseMarkdown('3. three\n   - [x] done\n   - [ ] open\n4. four\n');
    assert.deepEqual(list, {
      kind: 'list',
      isOrdered: true,
      start: 3,
      items: [
        {
          isDone: undefined,
          blocks: [
            { kind: 'paragraph', content: [text('three')] },
            {
              kind: 'list',
              isOrdered: false,
              start: 1,
              items: [
                { isDone: true, blocks: [{ kind: 'paragraph', content: [text('done')] }] },
                { isDone: false, blocks: [{ kind: 'paragraph', content: [text('open')] }] },
              ],
            },
          ],
        },
        { isDone: undefined, blocks: [{ kind: 'paragraph', content: [text('four')] }] },
      ],
    });
  });

  it('reads what stands in a line, and leaves HTML and scripts text', () => {
    assert.deepEqual(parseInline('a **b** *c* `d*` ~~e~~ \\*f'), [
      text('a '),
      { kind: 'strong', content: [text('b')] },
      text(' '),
      { kind: 'emphasis', content: [text('c')] },
      text(' '),
      { kind: 'code', text: 'd*' },
      text(' '),
      { kind: 'deleted', content: [text('e')] },
      text(' '),
      text('*'),
      text('f'),
    ]);
    assert.deepEqual(parseInline('<img src=x onerror=alert(1)>'), [text('<img src=x onerror=alert(1)>')]);
    assert.deepEqual(parseInline('[x](javascript:alert(1))')[0], {
      kind: 'link',
      href: undefined,
      content: [text('x')],
    });
    assert.deepEqual(parseInline('![dot](https://elsewhere.example/dot.png)'), [{ kind: 'image', text: 'dot' }]);
    assert.deepEqual(parseInline('see https://example.org/a?b.'), [
      text('see '),
      { kind: 'link', href: 'https://example.org/a?b', content: [text('https://example.org/a?b')] },
      text('.'),
    ]);
  });

  it('takes any text, in a time that grows with it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'*_`~[]()!<>#-=|1. \n\\a'), maxLength: 300 }), (source) => {
        parseMarkdown(source);
      }),
    );
    for (const piece of ['*', '_a', '[', '`', '> ', '- ', '![', '~~', '**a', '| ', '(', '<h']) {
      const startedMs = performance.now();
      parseMarkdown(piece.repeat(20_000));
      parseMarkdown(`${piece}\n`.repeat(3_000));
      assert.ok(performance.now() - startedMs < 3000, `${piece} takes ${performance.now() - startedMs} ms`);
    }
  });
});

describe('colours of code', () => {
  it('loses nothing and finds comments, strings, numbers, keywords', () => {
    const code = 'const a = "x // y"; // note\nreturn 12 + b;';
    const pieces = highlight(code, 'ts');
    assert.equal(pieces.map((piece) => piece.text).join(''), code);
    const kinds = pieces.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind} ${text}`);
    assert.deepEqual(kinds, ['keyword const', 'string "x // y"', 'comment // note', 'keyword return', 'number 12']);
    assert.deepEqual(highlight('const', 'txt'), [{ kind: 'plain', text: 'const' }]);
  });
});

describe('listing of an archive', () => {
  const modifiedMs = Date.UTC(2026, 1, 1);
  const archive = (sizes: Readonly<Record<string, number>>, offset: number) => {
    const records = Object.entries(sizes).map(([name, sizeBytes]) =>
      centralRecord({ name: Buffer.from(name), isFolder: name.endsWith('/'), sizeBytes, modifiedMs }, offset, 0),
    );
    const directory = Buffer.concat(records);
    return Buffer.concat([directory, endRecords({ count: records.length, offset, lengthBytes: directory.length })]);
  };
  /** Nothing but zeros stands before `base`. */
  const reader = (bytes: Buffer, base: number) => async (start: number, end: number) =>
    Buffer.concat([Buffer.alloc(Math.max(0, base - start)), bytes.subarray(Math.max(0, start - base), end - base)]);

  it('finds names and sizes, ZIP64 too', async () => {
    const sizes = { 'a.txt': 5, 'dir/': 0, 'dir/ü.bin': 6 * 2 ** 30 };
    for (const base of [0, 9 * 2 ** 30]) {
      const bytes = archive(sizes, base);
      const { entries, count } = await readZipListing(reader(bytes, base), base + bytes.length);
      assert.equal(count, 3);
      assert.deepEqual(Object.fromEntries(entries.map(({ name, sizeBytes }) => [name, sizeBytes])), sizes);
      assert.deepEqual(
        entries.map(({ isFolder }) => isFolder),
        [false, true, false],
      );
    }
  });

  it('refuses in words what is none', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('PK'), Buffer.alloc(5000, 7)]) {
      await assert.rejects(readZipListing(reader(bytes, 0), bytes.length), { name: 'NoZip' });
    }
    const broken = archive({ a: 1 }, 0);
    broken.fill(9, 0, 4);
    await assert.rejects(readZipListing(reader(broken, 0), broken.length), { name: 'NoZip' });
  });
});

describe('EXIF', () => {
  it('answers nothing for what has none or is broken, whatever the bytes', () => {
    assert.equal(readExif(Uint8Array.from([0xff, 0xd8, 0xff, 0xd9])), undefined);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => {
        readExif(
          Uint8Array.from([
            0xff,
            0xd8,
            0xff,
            0xe1,
            0,
            180,
            0x45,
            0x78,
            0x69,
            0x66,
            0,
            0,
            0x49,
            0x49,
            42,
            0,
            8,
            0,
            0,
            0,
            ...rest,
          ]),
        );
      }),
    );
  });

  it('reads camera, time, exposure and place', () => {
    const entry = (tag: number, type: number, count: number, value: number) => {
      const bytes = Buffer.alloc(12);
      bytes.writeUInt16LE(tag, 0);
      bytes.writeUInt16LE(type, 2);
      bytes.writeUInt32LE(count, 4);
      bytes.writeUInt32LE(value, 8);
      return bytes;
    };
    const directory = (...entries: Buffer[]) =>
      Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)]);
    const tiff = Buffer.alloc(300);
    tiff.write('II*\0', 0, 'latin1');
    tiff.writeUInt32LE(8, 4);
    tiff.set(directory(entry(0x0110, 2, 7, 200), entry(0x8769, 4, 1, 60), entry(0x8825, 4, 1, 120)), 8);
    tiff.set(directory(entry(0x9003, 2, 20, 210), entry(0x829a, 5, 1, 232), entry(0x8827, 3, 1, 400)), 60);
    tiff.set(directory(entry(1, 2, 2, 0x53), entry(2, 5, 3, 240), entry(3, 2, 2, 0x45), entry(4, 5, 3, 264)), 120);
    tiff.write('Lens 5\0', 200, 'latin1');
    tiff.write('2026:03:14 15:09:26\0', 210, 'latin1');
    for (const [index, value] of [1, 250, 12, 1, 30, 1, 0, 1, 24, 1, 45, 1, 0, 1].entries())
      tiff.writeUInt32LE(value, 232 + index * 4);
    const header = Buffer.from([
      0xff,
      0xd8,
      0xff,
      0xe1,
      (tiff.length + 8) >> 8,
      (tiff.length + 8) & 255,
      0x45,
      0x78,
      0x69,
      0x66,
      0,
      0,
    ]);
    assert.deepEqual(readExif(Buffer.concat([header, tiff, Buffer.from([0xff, 0xda])])), {
      camera: 'Lens 5',
      taken: '2026:03:14 15:09:26',
      exposureSeconds: 1 / 250,
      aperture: undefined,
      iso: 400,
      focalLengthMm: undefined,
      position: { latitude: -12.5, longitude: 24.75 },
    });
  });
});

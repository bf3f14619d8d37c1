import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isFailure } from '../../../../src-server/domain/failure.ts';
import { parseCompleteMultipartUpload } from '../../../../src-server/s3/xml/shapes/complete-multipart-upload.ts';

const parse = (text: string) => parseCompleteMultipartUpload(Buffer.from(text));
const wrap = (inner: string) => `<CompleteMultipartUpload>${inner}</CompleteMultipartUpload>`;

describe('the body of CompleteMultipartUpload', () => {
  it('lists parts with ETag and checksum', () => {
    const part =
      '<Part><ETag>&quot;e&quot;</ETag><ChecksumCRC32>AAAAAA==</ChecksumCRC32><PartNumber>7</PartNumber></Part>';
    assert.deepEqual(parse(wrap(part)), [
      { partNumber: 7, etag: 'e', checksum: { algorithm: 'CRC32', value: 'AAAAAA==' } },
    ]);
  });

  const cases: [string, string, string][] = [
    [
      'a checksum of a later model',
      '<Part><PartNumber>1</PartNumber><ETag>e</ETag><ChecksumXXHASH3>AA</ChecksumXXHASH3></Part>',
      'NotImplemented',
    ],
    [
      'a checksum that is none',
      '<Part><PartNumber>1</PartNumber><ETag>e</ETag><ChecksumCRC32>AA</ChecksumCRC32></Part>',
      'InvalidPart',
    ],
    [
      'two checksums',
      '<Part><PartNumber>1</PartNumber><ETag>e</ETag><ChecksumCRC32>AAAAAA==</ChecksumCRC32><ChecksumCRC32C>AAAAAA==</ChecksumCRC32C></Part>',
      'InvalidPart',
    ],
    ['an unknown element', '<Part><PartNumber>1</PartNumber><ETag>e</ETag><Size>1</Size></Part>', 'MalformedXML'],
    [
      'a number twice',
      '<Part><PartNumber>1</PartNumber><PartNumber>1</PartNumber><ETag>e</ETag></Part>',
      'MalformedXML',
    ],
    ['a number that is none', '<Part><PartNumber>one</PartNumber><ETag>e</ETag></Part>', 'MalformedXML'],
    ['something between parts', '<Parts/>', 'MalformedXML'],
  ];
  for (const [name, inner, code] of cases) {
    it(`refuses ${name}: ${code}`, () => {
      assert.throws(() => parse(wrap(inner)), { code });
    });
  }

  it('answers any document with a failure or a list', () => {
    const piece = fc.constantFrom(
      '<Part>',
      '</Part>',
      '<PartNumber>',
      '</PartNumber>',
      '1',
      '-1',
      '<ETag>',
      '</ETag>',
      '"e"',
      '&quot;',
      '&#0;',
      '&x;',
      '<ChecksumCRC32>',
      '</ChecksumCRC32>',
      'AAAAAA==',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?a?>',
      '<',
      '>',
      '\u0000',
      '\uFFFF',
      '<a b="',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, isWrapped) => {
        const text = isWrapped ? wrap(pieces.join('')) : pieces.join('');
        try {
          assert.ok(parse(text).length > 0);
        } catch (error) {
          assert.ok(isFailure(error), String(error));
        }
      }),
      { seed: 12, numRuns: 3000 },
    );
  });
});

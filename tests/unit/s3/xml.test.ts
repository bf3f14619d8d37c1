import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseString } from 'xml2js';
import { isFailure } from '../../../src-server/domain/failure.ts';
import {
  boolean,
  element,
  integer,
  many,
  one,
  optional,
  text,
  word,
} from '../../../src-server/s3/xml/config-schema.ts';
import { escapeXml } from '../../../src-server/s3/xml/escape.ts';
import { XML_LIMITS } from '../../../src-server/s3/xml/limits.ts';
import { parseConfigXml, parseXmlNode } from '../../../src-server/s3/xml/parse-config.ts';
import { walkXml } from '../../../src-server/s3/xml/walk-xml.ts';
import { xmlDocument, element as xmlElement } from '../../../src-server/s3/xml/xml-writer.ts';

const rule = element({
  ID: optional(text(16)),
  Method: many(word('GET', 'PUT'), 1, 2),
  MaxAge: optional(integer(0, 100)),
  On: optional(boolean()),
});
const schema = element({ Status: one(word('Enabled', 'Suspended')), Rule: many(rule, 0, 3) });

function parse(xml: string | Buffer): unknown {
  try {
    return parseConfigXml(Buffer.from(xml), 'Config', schema);
  } catch (error) {
    assert.ok(isFailure(error), String(error));
    return error.code;
  }
}

test('configurations parse with any namespace, prefix, byte order mark and white space', () => {
  const expected = { Status: 'Enabled', Rule: [{ ID: ' a&b ', Method: ['GET', 'PUT'], MaxAge: 7, On: true }] };
  const inner =
    '<Status> Enabled\n</Status><Rule><ID> a&amp;b </ID><Method>GET</Method><Method>PUT</Method><MaxAge>7</MaxAge><On>true</On></Rule>';
  const forms = [
    `<Config>${inner}</Config>`,
    `<Config xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</Config>`,
    `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- c < d -->\n<Config xmlns="urn:other">${inner}</Config>\n`,
    `<p:Config xmlns:p="x">${inner.replaceAll('<', '<p:').replaceAll('<p:/', '</p:')}</p:Config>`,
    `<Config>${inner.replace(' a&amp;b ', '<![CDATA[ a&b ]]>')}</Config>`,
  ];
  for (const xml of forms) {
    const parsed = parse(xml);
    assert.equal(JSON.stringify(parsed), JSON.stringify(expected), xml);
  }
});

const MALFORMED: readonly (readonly [why: string, xml: string | Buffer])[] = [
  ['nothing', ''],
  ['only text', 'hello'],
  ['another root', '<Other/>'],
  ['two roots', '<Config><Status>Enabled</Status></Config><Config/>'],
  ['an unknown element', '<Config><Status>Enabled</Status><New/></Config>'],
  ['a missing element', '<Config/>'],
  ['an element twice', '<Config><Status>Enabled</Status><Status>Enabled</Status></Config>'],
  ['too many rules', `<Config><Status>Enabled</Status>${'<Rule><Method>GET</Method></Rule>'.repeat(4)}</Config>`],
  ['an empty rule', '<Config><Status>Enabled</Status><Rule/></Config>'],
  ['text between elements', '<Config><Status>Enabled</Status>text</Config>'],
  ['another word', '<Config><Status>enabled</Status></Config>'],
  [
    'a number out of range',
    '<Config><Status>Enabled</Status><Rule><Method>GET</Method><MaxAge>101</MaxAge></Rule></Config>',
  ],
  [
    'a number in another notation',
    '<Config><Status>Enabled</Status><Rule><Method>GET</Method><MaxAge>1e1</MaxAge></Rule></Config>',
  ],
  ['a document type', '<!DOCTYPE Config><Config><Status>Enabled</Status></Config>'],
  ['an entity', '<!DOCTYPE a [<!ENTITY b "Enabled">]><Config><Status>&b;</Status></Config>'],
  ['an undeclared entity', '<Config><Status>&b;</Status></Config>'],
  ['a prototype', '<Config><Status>Enabled</Status><__proto__><x/></__proto__></Config>'],
  ['an open tag', '<Config><Status>Enabled</Status>'],
  ['crossed tags', '<Config><Status>Enabled</Config></Status>'],
  ['bytes that are not UTF-8', Buffer.from([0x3c, 0x43, 0xff, 0x3e])],
  ['UTF-16', Buffer.from('\uFEFF<Config/>', 'utf16le')],
  ['17 levels', `${'<a>'.repeat(17)}${'</a>'.repeat(17)}`],
  ['a million tags', `<Config>${'<a>'.repeat(1_000_000)}`],
  ['a huge body', `<Config>${' '.repeat(1024 * 1024)}</Config>`],
];

for (const [why, xml] of MALFORMED) {
  test(`refused: ${why}`, () => assert.equal(parse(xml), 'MalformedXML'));
}

test('the type of a grantee is seen, other attributes are not', () => {
  const xml =
    '<A><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID a="1">x</ID></Grantee></A>';
  assert.equal(
    JSON.stringify(parseXmlNode(Buffer.from(xml), 'A')),
    JSON.stringify({ Grantee: [{ '@type': ['CanonicalUser'], ID: ['x'] }] }),
  );
});

test('a walk sees elements in order, with their text', () => {
  const seen: string[] = [];
  const xml = '<Delete xmlns="x"><Object><Key>a&lt;&#x41;\n</Key><VersionId/></Object><Quiet>true</Quiet></Delete>';
  walkXml(Buffer.from(xml), 'Delete', XML_LIMITS.deleteObjects, {
    open: (name, depth) => seen.push(`+${name}${depth}`),
    close: (name, value, depth) => seen.push(`-${name}${depth}:${value}`),
  });
  assert.deepEqual(seen, [
    '+Delete1',
    '+Object2',
    '+Key3',
    '-Key3:a<A\n',
    '+VersionId3',
    '-VersionId3:',
    '-Object2:',
    '+Quiet2',
    '-Quiet2:true',
    '-Delete1:',
  ]);
  for (const broken of [
    '<Other/>',
    '<Delete>',
    '<Delete>&nope;</Delete>',
    '<!DOCTYPE a><Delete/>',
    '<Delete a=1/>',
    'x',
  ]) {
    assert.throws(() => walkXml(Buffer.from(broken), 'Delete', XML_LIMITS.deleteObjects, { close: () => undefined }), {
      code: 'MalformedXML',
    });
  }
});

test('escaped text comes back from a parser as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
      // XML 1.0 has no way to write most control characters; S3 writes references that lenient parsers take.
      const printable = value.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/gu, '');
      let parsed: unknown;
      parseString(xmlDocument('A', xmlElement('B', printable)), { includeWhiteChars: true }, (error, result) => {
        assert.equal(error, null);
        parsed = result.A.B[0];
      });
      assert.equal(parsed, printable);
    }),
    { seed: 3, numRuns: 300 },
  );
  assert.equal(escapeXml('\u0000\u001f<&>"\'é\r\n'), '&#x0;&#x1f;&lt;&amp;&gt;&quot;&apos;é&#xd;&#xa;');
});

test('any bytes parse or are refused by name, soon', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '</',
    '/>',
    '<Config>',
    '</Config>',
    '<Status>',
    '</Status>',
    'Enabled',
    '&lt;',
    '&#x0;',
    '&',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<!',
    '"',
    "'",
    'a="',
    ' ',
    '\uFEFF',
    '\0',
    'é',
    '<a:b>',
    '</a:b>',
    '<__proto__>',
    '#text',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      parse(pieces.join(''));
      parse(`<Config><Status>Enabled</Status>${pieces.join('')}</Config>`);
      try {
        walkXml(Buffer.from(pieces.join('')), 'Config', XML_LIMITS.deleteObjects, { close: () => undefined });
      } catch (error) {
        assert.ok(isFailure(error, 'MalformedXML'), String(error));
      }
    }),
    { seed: 4, numRuns: 1500 },
  );
});

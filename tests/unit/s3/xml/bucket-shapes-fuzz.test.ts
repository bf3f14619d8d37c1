import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFailure } from '../../../../src-server/domain/failure.ts';
import { parseAccessControlPolicy } from '../../../../src-server/s3/xml/shapes/access-control-policy.ts';
import {
  corsConfigurationXml,
  parseCorsConfiguration,
} from '../../../../src-server/s3/xml/shapes/cors-configuration.ts';
import { parseCreateBucketConfiguration } from '../../../../src-server/s3/xml/shapes/create-bucket-configuration.ts';
import { parseOwnershipControls } from '../../../../src-server/s3/xml/shapes/ownership-controls.ts';
import { parseEncryptionConfiguration } from '../../../../src-server/s3/xml/shapes/server-side-encryption-configuration.ts';
import { parseTagging, taggingXml } from '../../../../src-server/s3/xml/shapes/tagging.ts';
import { parseVersioningConfiguration } from '../../../../src-server/s3/xml/shapes/versioning-configuration.ts';
import { testSeed } from '../../../support/seeded.ts';

const seed = testSeed();
const PARSERS: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  AccessControlPolicy: parseAccessControlPolicy,
  CORSConfiguration: parseCorsConfiguration,
  CreateBucketConfiguration: parseCreateBucketConfiguration,
  OwnershipControls: parseOwnershipControls,
  ServerSideEncryptionConfiguration: parseEncryptionConfiguration,
  Tagging: parseTagging,
  VersioningConfiguration: parseVersioningConfiguration,
};
/** Names that mean something somewhere, and some that mean harm. */
const NAMES = [
  'Rule',
  'CORSRule',
  'AllowedOrigin',
  'AllowedMethod',
  'MaxAgeSeconds',
  'ID',
  'TagSet',
  'Tags',
  'Tag',
  'Key',
  'Value',
  'Status',
  'MfaDelete',
  'ObjectOwnership',
  'SSEAlgorithm',
  'ApplyServerSideEncryptionByDefault',
  'BucketKeyEnabled',
  'LocationConstraint',
  'Location',
  'Bucket',
  'Owner',
  'AccessControlList',
  'Grant',
  'Grantee',
  'Permission',
  '__proto__',
  'constructor',
  'toString',
  'x:y',
  'hasOwnProperty',
];
const TEXTS = [
  '',
  ' ',
  'Enabled',
  'AES256',
  'GET',
  '1',
  '-1',
  '1e9',
  'true',
  '&#0;',
  '&lt;',
  '&nope;',
  '<![CDATA[x]]>',
  '<!-- -->',
  '*',
];

const { tree } = fc.letrec<{ tree: string; node: string }>((tie) => ({
  node: fc.tuple(fc.constantFrom(...NAMES), tie('tree')).map(([name, inner]) => `<${name}>${inner}</${name}>`),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...TEXTS),
    fc.array(tie('node'), { maxLength: 4 }).map((nodes) => nodes.join('')),
  ),
}));

function mustAnswer(parse: (bytes: Uint8Array) => unknown, bytes: Uint8Array): void {
  try {
    parse(bytes);
  } catch (error) {
    assert.ok(isFailure(error), String(error));
    assert.notEqual(error.code, 'InternalError');
  }
}

test(`a configuration body parses or is refused, whatever it holds (seed ${seed})`, () => {
  for (const [root, parse] of Object.entries(PARSERS)) {
    fc.assert(
      fc.property(tree, (inner) => mustAnswer(parse, Buffer.from(`<${root}>${inner}</${root}>`))),
      { seed, numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => mustAnswer(parse, bytes)),
      { seed, numRuns: 100 },
    );
    fc.assert(
      fc.property(tree, fc.nat(), (inner, cut) => {
        const xml = `<${root}>${inner}</${root}>`;
        mustAnswer(parse, Buffer.from(xml.slice(0, cut % xml.length)));
      }),
      { seed, numRuns: 100 },
    );
  }
});

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text);

test(`what is written is read back the same (seed ${seed})`, () => {
  const tags = fc.array(fc.record({ key: word, value: word }, { noNullPrototype: true }), {
    minLength: 1,
    maxLength: 10,
  });
  fc.assert(
    fc.property(tags, (set) => assert.deepEqual(parseTagging(Buffer.from(taggingXml(set))), set)),
    { seed },
  );
  const rules = fc.array(
    fc.record(
      {
        id: fc.option(word, { nil: undefined }),
        allowedOrigins: fc.array(word, { minLength: 1, maxLength: 3 }),
        allowedMethods: fc.array(fc.constantFrom('GET' as const, 'PUT' as const), { minLength: 1, maxLength: 2 }),
        allowedHeaders: fc.array(word, { maxLength: 3 }),
        exposeHeaders: fc.array(word, { maxLength: 3 }),
        maxAgeSeconds: fc.option(fc.nat(), { nil: undefined }),
      },
      { noNullPrototype: true },
    ),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(rules, (set) => assert.deepEqual(parseCorsConfiguration(Buffer.from(corsConfigurationXml(set))), set)),
    { seed },
  );
});

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { createUpload } from '../support/s3/multipart.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

/* Names that XML, URLs or both have trouble with go through every list, one to a page, and come out as they went in. */

const scene = await openObjectScene();
after(() => scene.close());
const bucket = await scene.newBucket();
const NAMES = [
  'a\u0000b',
  'a\u0001b',
  'a\t\r\nb',
  'a b+c%20d%',
  'a&<>"\'b',
  'a\u007f\u0085b',
  'a\ufffe\uffffb',
  'a\u{1f600}/\u0001/',
  'é',
  'e\u0301',
  ' leading and trailing ',
];
const sorted = [...NAMES].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
for (const name of NAMES) {
  const path = `/${bucket}/${name.split('/').map(encoded).join('/')}`;
  assert.equal((await scene.wire({ method: 'PUT', path, body: Buffer.from('x') })).status, 200, name);
  await createUpload(scene.client, bucket, name);
}

interface List {
  readonly query: Readonly<Record<string, string>>;
  readonly sizeParameter: string;
  /** Markers of the next page, by the element that tells them. */
  readonly markers: Readonly<Record<string, string>>;
}
const LISTS: Readonly<Record<string, List>> = {
  // With a delimiter, since only then the next marker is told.
  ListObjects: { query: { delimiter: '\u0002' }, sizeParameter: 'max-keys', markers: { NextMarker: 'marker' } },
  ListObjectsV2: {
    query: { 'list-type': '2' },
    sizeParameter: 'max-keys',
    markers: { NextContinuationToken: 'continuation-token' },
  },
  ListObjectVersions: {
    query: { versions: '' },
    sizeParameter: 'max-keys',
    markers: { NextKeyMarker: 'key-marker', NextVersionIdMarker: 'version-id-marker' },
  },
  ListMultipartUploads: {
    query: { uploads: '' },
    sizeParameter: 'max-uploads',
    markers: { NextKeyMarker: 'key-marker', NextUploadIdMarker: 'upload-id-marker' },
  },
};

for (const [action, list] of Object.entries(LISTS)) {
  describe(action, () => {
    for (const encoding of ['as they are', 'url'] as const) {
      test(`names ${encoding}`, async () => {
        const read = encoding === 'url' ? (text: string) => decodeURIComponent(unescaped(text)) : unescaped;
        const query = { ...list.query, ...(encoding === 'url' && { 'encoding-type': 'url' }) };
        assert.deepEqual(await walk(list, query, read), sorted);
      });
    }
  });
}

/** Every key that pages of one show, each page asked for with the markers of the one before. */
async function walk(list: List, query: Record<string, string>, read: (text: string) => string): Promise<string[]> {
  const keys: string[] = [];
  let markers: Record<string, string> = {};
  for (let page = 0; page <= NAMES.length; page++) {
    const xml = await fetchPage({ ...query, ...markers, [list.sizeParameter]: '1' });
    const [key] = textsOf(xml, 'Key');
    if (key !== undefined) keys.push(read(key));
    if (textsOf(xml, 'IsTruncated')[0] === 'false') return keys;
    markers = {};
    for (const [element, parameter] of Object.entries(list.markers)) {
      const [marker] = textsOf(xml, element);
      assert.ok(marker, `${element} is told`);
      // Tokens and ids are never encoded.
      markers[parameter] = /KeyMarker|NextMarker/.test(element) ? read(marker) : unescaped(marker);
    }
  }
  throw new Error(`${keys.length} keys and no end`);
}

async function fetchPage(query: Record<string, string>): Promise<string> {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`);
  const answer = await scene.wire({ method: 'GET', path: `/${bucket}`, query: pairs.sort().join('&') });
  assert.equal(answer.status, 200, answer.body.toString());
  return answer.body.toString();
}

function textsOf(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map((match) => match[1] ?? '');
}

function unescaped(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-f]+)|(\w+));/gi, (_, hex: string | undefined, name: string) =>
    hex === undefined ? (named[name] ?? '') : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

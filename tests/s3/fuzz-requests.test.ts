import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import fc from 'fast-check';
import {
  fuzz,
  HEADER_NAMES,
  headerValue,
  openFuzzScene,
  QUERY_NAMES,
  values,
  wireOf,
} from '../support/s3/fuzz-scene.ts';

/*
 * Bytes that no client would send, at a whole server over plain sockets: an answer of S3 or the end of the connection, never
 * a 5xx (501 for what is not done), never a hang, and the next request is served.
 */
const scene = await openFuzzScene();
after(() => scene.close());
afterEach(() => scene.stillServes());
const { bucket } = scene;

const methods = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS');
const keys = fc.constantFrom('key', 'large', 'empty', 'absent', 'k%20%2F', '..', '%00', '/', 'key/');
const paths = fc.oneof(
  fc.constantFrom('/', `/${bucket}`, `/${bucket}/`, '/absent-bucket', '/Bad_Name/key'),
  keys.map((key) => `/${bucket}/${key}`),
);
const queryValues = fc.oneof(values, fc.constantFrom(scene.versionId, scene.uploadId, '2', 'ENABLED'));
const queries = fc.dictionary(fc.constantFrom(...QUERY_NAMES), queryValues, { maxKeys: 3 });
const headerValues = fc.oneof(
  values,
  fc.constantFrom(`/${bucket}/key`, `${bucket}/large`, `${bucket}/key?versionId=${scene.versionId}`, 'STANDARD_IA'),
);
/** No line breaks: those make other headers, which is for the raw bytes below. */
const headers = fc
  .dictionary(fc.constantFrom(...HEADER_NAMES), headerValues, { maxKeys: 4 })
  .map((all) => Object.fromEntries(Object.entries(all).map(([name, value]) => [name, headerValue(value)])));

test('requests that are well signed and make no sense', async (t) => {
  const bodies = fc.constantFrom('', '', '<a/>', 'some bytes', 'x'.repeat(3000));
  const property = fc.asyncProperty(
    methods,
    paths,
    queries,
    headers,
    bodies,
    async (method, path, query, more, body) => {
      const signed = scene.sign({ method, path, query, headers: more, payload: 'UNSIGNED-PAYLOAD' });
      const length =
        body === '' && method !== 'PUT' && method !== 'POST' ? {} : { 'content-length': String(body.length) };
      await scene.ask(wireOf(method, signed.target, { ...signed.headers, ...length }, body), {
        head: method === 'HEAD',
      });
    },
  );
  await fuzz(t, property, 1500);
});

const pieces = fc.oneof(
  fc.constantFrom(
    'GET ',
    'PUT ',
    'POST ',
    'OPTIONS ',
    'CONNECT ',
    '/',
    `/${bucket}/key`,
    `/${bucket}`,
    'http://a/b',
    '*',
    '?',
    '&',
    '=',
    '%',
    '%zz',
    '%ff',
    '\xff',
    '\0',
    ' ',
    ' HTTP/1.1',
    ' HTTP/1.0',
    ' HTTP/9.9',
    '\r\n',
    '\n',
    '\r\n\r\n',
    'Host: a\r\n',
    'Content-Length: 5\r\n',
    'Content-Length: 5, 5\r\n',
    'Content-Length: 18446744073709551616\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding: gzip, chunked\r\n',
    'Expect: 100-continue\r\n',
    'Expect: something else\r\n',
    'Connection: Upgrade\r\nUpgrade: h2c\r\n',
    'Authorization: AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, SignedHeaders=host, Signature=0\r\n',
    'Authorization: AWS a:b\r\n',
    'Content-Type: multipart/form-data; boundary=x\r\n',
    `X-Long: ${'x'.repeat(20_000)}`,
    '5\r\nhello\r\n',
    '0\r\n\r\n',
    'fffffffffffffffff\r\n',
    `5;${'e'.repeat(20_000)}`,
    '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n',
  ),
  fc.string({ maxLength: 8 }),
);

test('bytes that are hardly requests', async (t) => {
  const property = fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 16 }), async (list) => {
    await scene.ask(list.join(''), { mayLack: true });
  });
  await fuzz(t, property, 400);
});

test('a signed request with one byte changed shows nothing but what was signed', async (t) => {
  const property = fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
    const fresh = scene.sign({ method: 'GET', path: `/${bucket}/kept`, query: { partNumber: '1' } });
    const wire = wireOf('GET', fresh.target, { ...fresh.headers, 'x-padding': 'unsigned' });
    const place = at % (wire.length - 2);
    wire[place] = (wire[place] ?? 0) ^ flip;
    const answer = await scene.ask(wire, { mayLack: true });
    if (answer !== undefined && answer.status < 300) assert.ok(answer.body.equals(scene.kept));
  });
  await fuzz(t, property, 300);
});

test('ranges: the bytes that Content-Range says, the whole object, or 416', async (t) => {
  const numbers = fc.oneof(fc.nat(1_400_000), fc.nat(20), fc.constantFrom(1_299_999, 1_300_000, 65_536, 2 ** 53));
  const one = fc.oneof(
    fc.tuple(numbers, numbers).map(([first, last]) => `${first}-${last}`),
    numbers.map((first) => `${first}-`),
    numbers.map((last) => `-${last}`),
    values,
  );
  const ranges = fc.tuple(
    fc.constantFrom('bytes=', 'bytes=', 'Bytes =', 'bytes ', ''),
    fc.array(one, { minLength: 1, maxLength: 2 }),
  );
  const property = fc.asyncProperty(ranges, async ([unit, list]) => {
    const { headers: signed } = scene.sign({ method: 'GET', path: `/${bucket}/kept` });
    const answer = await scene.ask(
      wireOf('GET', `/${bucket}/kept`, { ...signed, range: headerValue(unit + list.join(',')) }),
    );
    if (answer?.status === 200) assert.ok(answer.body.equals(scene.kept));
    else if (answer?.status === 206) {
      const [, first, last] = /^bytes (\d+)-(\d+)\/1300000$/.exec(answer.headers['content-range'] ?? '') ?? [];
      assert.ok(answer.body.equals(scene.kept.subarray(Number(first), Number(last) + 1)));
    } else assert.ok(answer === undefined || [400, 416].includes(answer.status), String(answer?.status));
  });
  await fuzz(t, property, 150);
});

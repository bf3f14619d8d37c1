import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { AwsChunkedDecoder, type AwsChunkedOptions } from '../../../src-server/s3/body/aws-chunked.ts';
import { ChunkSignatures } from '../../../src-server/s3/body/chunk-signatures.ts';
import { sign, signedChunks, unsignedChunks } from '../../support/s3/sign.ts';

const signed = sign({ method: 'PUT', path: '/bucket/key' });

function signatures(): ChunkSignatures {
  return new ChunkSignatures({
    key: createSecretKey(signed.key),
    seedSignature: signed.signature,
    timestamp: signed.timestamp,
    scope: signed.scope,
  });
}

interface Outcome {
  readonly data: Buffer;
  readonly failure: string | undefined;
  readonly trailers: Record<string, string>;
}

/** Feeds `wire` cut at `cuts`, and watches that nothing is handed on after a failure and that views are views. */
function decode(wire: Buffer, options: AwsChunkedOptions, cuts: readonly number[] = []): Outcome {
  const decoder = new AwsChunkedDecoder(options);
  const pieces: Buffer[] = [];
  let failure: string | undefined;
  const bounds = [...new Set([0, ...cuts.filter((cut) => cut < wire.length), wire.length])].sort((a, b) => a - b);
  try {
    for (let i = 0; i + 1 < bounds.length; i++) {
      const buffer = wire.subarray(bounds[i], bounds[i + 1]);
      decoder.push(buffer, (data) => {
        assert.equal(data.buffer, wire.buffer);
        pieces.push(data);
      });
    }
    decoder.end();
  } catch (error) {
    assert.ok(isFailure(error), String(error));
    failure = error.code;
  }
  return { data: Buffer.concat(pieces), failure, trailers: Object.fromEntries(decoder.trailers) };
}

const cutsOf = fc.array(fc.nat(40_000), { maxLength: 12 });

test('signed chunks decode however they are cut', () => {
  const data = Buffer.from(Array.from({ length: 20_000 }, (_, i) => i % 251));
  const wire = signedChunks(signed, data, 8192);
  fc.assert(
    fc.property(cutsOf, (cuts) => {
      const outcome = decode(wire, { decodedBytes: data.length, signatures: signatures(), trailer: false }, cuts);
      assert.equal(outcome.failure, undefined);
      assert.ok(outcome.data.equals(data));
    }),
    { seed: 11, numRuns: 100 },
  );
});

test('trailers, signed and not, are read', () => {
  const data = Buffer.alloc(10_000, 'x');
  const trailer = { 'x-amz-checksum-crc32': 'AAAAAA==' };
  const withSignature = decode(signedChunks(signed, data, 8192, trailer), {
    decodedBytes: data.length,
    signatures: signatures(),
    trailer: true,
  });
  assert.deepEqual([withSignature.failure, withSignature.trailers], [undefined, trailer]);
  const plain = { decodedBytes: data.length, signatures: undefined, trailer: true };
  for (const chunkBytes of [1, 100, 10_000]) {
    const outcome = decode(unsignedChunks(data, chunkBytes, trailer), plain, [3, 5000]);
    assert.deepEqual([outcome.failure, outcome.trailers], [undefined, trailer]);
    assert.ok(outcome.data.equals(data));
  }
  assert.deepEqual(decode(unsignedChunks(data, 4096, {}), plain).trailers, {});
});

test('an empty body is one last chunk', () => {
  const none = Buffer.alloc(0);
  assert.equal(
    decode(signedChunks(signed, none, 8192), { decodedBytes: 0, signatures: signatures(), trailer: false }).failure,
    undefined,
  );
  assert.equal(
    decode(unsignedChunks(none, 1, {}), { decodedBytes: 0, signatures: undefined, trailer: true }).failure,
    undefined,
  );
});

test('a wrong signature fails the body before it ends, wherever it stands', () => {
  const data = Buffer.alloc(20_000, 'y');
  const flip = (signature: string) => (signature.startsWith('0') ? '1' : '0') + signature.slice(1);
  for (const wrong of [0, 1, 2, 3, -1]) {
    const wire = signedChunks(signed, data, 8192, { 'x-amz-checksum-crc32': 'AAAAAA==' }, (signature, index) =>
      index === wrong ? flip(signature) : signature,
    );
    const outcome = decode(wire, { decodedBytes: data.length, signatures: signatures(), trailer: true });
    assert.equal(outcome.failure, 'SignatureDoesNotMatch');
  }
});

const plain = (decodedBytes: number): AwsChunkedOptions => ({ decodedBytes, signatures: undefined, trailer: true });
const REFUSED: readonly (readonly [why: string, wire: string, options: AwsChunkedOptions, code: string])[] = [
  ['fewer bytes than announced', '3\r\nabc\r\n0\r\n\r\n', plain(4), 'IncompleteBody'],
  ['more bytes than announced', '3\r\nabc\r\n0\r\n\r\n', plain(2), 'IncompleteBody'],
  ['no last chunk', '3\r\nabc\r\n', plain(3), 'IncompleteBody'],
  ['half a chunk', '3\r\nab', plain(3), 'IncompleteBody'],
  ['half a header', '3', plain(3), 'IncompleteBody'],
  ['nothing', '', plain(0), 'IncompleteBody'],
  ['no size', '\r\nabc\r\n0\r\n\r\n', plain(3), 'InvalidRequest'],
  ['a negative size', '-3\r\nabc\r\n0\r\n\r\n', plain(3), 'InvalidRequest'],
  ['a size with a prefix', '0x3\r\nabc\r\n0\r\n\r\n', plain(3), 'InvalidRequest'],
  ['an absurd size', 'fffffffffffff\r\n', plain(3), 'InvalidRequest'],
  ['an endless header', `3;${'x'.repeat(600)}`, plain(3), 'InvalidRequest'],
  ['a bare line feed', '3\nabc\r\n0\r\n\r\n', plain(3), 'InvalidRequest'],
  ['data that runs on', '3\r\nabcd\r\n0\r\n\r\n', plain(3), 'InvalidRequest'],
  ['a trailer without a colon', '3\r\nabc\r\n0\r\nnonsense\r\n\r\n', plain(3), 'MalformedTrailerError'],
  ['a trailer twice', '3\r\nabc\r\n0\r\na:1\r\nA:2\r\n\r\n', plain(3), 'MalformedTrailerError'],
  ['an endless trailer', `3\r\nabc\r\n0\r\n${'x'.repeat(5000)}`, plain(3), 'MalformedTrailerError'],
  [
    'a trailer that was not announced',
    '3\r\nabc\r\n0\r\na:1\r\n\r\n',
    { ...plain(3), trailer: false },
    'MalformedTrailerError',
  ],
  [
    'a signed chunk without signature',
    '3\r\nabc\r\n0\r\n\r\n',
    { ...plain(3), signatures: signatures() },
    'SignatureDoesNotMatch',
  ],
  [
    'a huge signed chunk',
    '1000001;chunk-signature=0\r\n',
    { ...plain(2 ** 30), signatures: signatures() },
    'InvalidRequest',
  ],
];

for (const [why, wire, options, code] of REFUSED) {
  test(`refused: ${why}`, () => {
    assert.equal(decode(Buffer.from(wire), options).failure, code);
    const everyByte = Array.from({ length: Math.min(wire.length, 600) }, (_, i) => i);
    if (options.signatures === undefined) assert.equal(decode(Buffer.from(wire), options, everyByte).failure, code);
  });
}

test('small signed chunks are only taken at the end', () => {
  const wire = signedChunks(signed, Buffer.alloc(12, 'z'), 4);
  const outcome = decode(wire, { decodedBytes: 12, signatures: signatures(), trailer: false });
  assert.equal(outcome.failure, 'InvalidChunkSizeError');
});

test('damaged framing never ends as a whole body', () => {
  const data = Buffer.from(Array.from({ length: 9000 }, (_, i) => i % 253));
  const wire = signedChunks(signed, data, 8192, { 'x-amz-checksum-crc32': 'AAAAAA==' });
  fc.assert(
    fc.property(fc.nat(wire.length - 1), fc.integer({ min: 1, max: 255 }), cutsOf, (at, flip, cuts) => {
      const damaged = Buffer.from(wire);
      damaged[at] = (damaged[at] ?? 0) ^ flip;
      const outcome = decode(damaged, { decodedBytes: data.length, signatures: signatures(), trailer: true }, cuts);
      // Letter case and white space of framing may change without changing what was signed.
      if (outcome.failure === undefined) assert.ok(outcome.data.equals(data));
    }),
    { seed: 12, numRuns: 1000 },
  );
});

test('any bytes decode or are refused by name', () => {
  const piece = fc.constantFrom(
    '0',
    '3',
    'abc',
    '\r\n',
    '\n',
    '\r',
    ';chunk-signature=',
    ';',
    'f',
    '-',
    ':',
    'x-amz-checksum-crc32:',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 24 }),
      cutsOf,
      fc.nat(10),
      fc.boolean(),
      (pieces, cuts, decodedBytes, trailer) => {
        const wire = Buffer.from(pieces.join(''));
        const outcome = decode(wire, { decodedBytes, signatures: undefined, trailer }, cuts);
        if (outcome.failure === undefined) assert.equal(outcome.data.length, decodedBytes);
        else assert.ok(outcome.data.length <= decodedBytes);
      },
    ),
    { seed: 13, numRuns: 3000 },
  );
});

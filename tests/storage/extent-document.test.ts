/*
 * A reader of extents written from docs/on-disk-format/extents.md alone: nothing here comes from src-server/storage but the
 * writer whose files it reads.
 */
import assert from 'node:assert/strict';
import { createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createKeyRing } from '../../src-server/storage/create-key-ring.ts';
import { commitFrames, openTestBytes } from '../support/body-store.ts';
import { makeExtent, makeSegmentHeader } from '../support/extent-vector.ts';

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

function crc32c(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

interface Extent {
  readonly codec: number;
  readonly lastOfBody: boolean;
  readonly uid: Buffer;
  readonly installTag: string;
  readonly bodyOffset: number;
  readonly partNumber: number;
  readonly envelope: Buffer;
  readonly names: readonly string[];
  readonly plain: Buffer;
  readonly length: number;
}

/** Reads one extent at the start of `bytes`. */
function readExtent(bytes: Buffer, dataKey: (envelope: Buffer) => Buffer): Extent {
  assert.equal(bytes.subarray(0, 8).toString('hex'), '53544f574558540a');
  assert.equal(bytes.readUInt16LE(8), 1);
  const headerLength = bytes.readUInt16LE(10);
  assert.equal(bytes.readUInt32LE(headerLength - 4), crc32c(bytes.subarray(0, headerLength - 4)));
  const codec = bytes.readUInt8(12);
  const uid = bytes.subarray(16, 32);
  const plainLength = Number(bytes.readBigUInt64LE(40));
  const trailer = codec === 0 ? 4 : 20;
  const frames = Math.ceil(plainLength / 65_536);
  assert.equal(Number(bytes.readBigUInt64LE(48)), plainLength + frames * trailer);
  const parts: Buffer[] = [];
  let at = 84;
  for (const lengthAt of [76, 78, 80, 82]) {
    const length = bytes.readUInt16LE(lengthAt);
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  assert.equal(at, headerLength - 4);
  const [envelope = Buffer.alloc(0), ...names] = parts;
  const key = codec === 0 ? undefined : Buffer.from(hkdfSync('sha256', dataKey(envelope), uid, 'stowage extent 1', 32));
  const plain: Buffer[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    const start = headerLength + frame * (65_536 + trailer);
    const payloadLength = frame === frames - 1 ? plainLength - frame * 65_536 : 65_536;
    plain.push(
      readFrame(bytes.subarray(start, start + payloadLength + trailer), uid, frame, frame === frames - 1, key),
    );
  }
  return {
    codec,
    lastOfBody: (bytes.readUInt8(13) & 1) === 1,
    uid,
    installTag: bytes.subarray(32, 40).toString('hex'),
    bodyOffset: Number(bytes.readBigUInt64LE(64)),
    partNumber: bytes.readUInt32LE(72),
    envelope,
    names: names.map((name) => name.toString('utf8')),
    plain: Buffer.concat(plain),
    length: headerLength + plainLength + frames * trailer,
  };
}

function readFrame(stored: Buffer, uid: Buffer, frame: number, last: boolean, key: Buffer | undefined): Buffer {
  const context = Buffer.alloc(21);
  uid.copy(context);
  context.writeUInt32BE(frame, 16);
  context.writeUInt8(last ? 1 : 0, 20);
  const crcAt = stored.length - 4;
  assert.equal(
    stored.readUInt32LE(crcAt),
    crc32c(Buffer.concat([context, stored.subarray(0, crcAt)])),
    `frame ${frame}`,
  );
  if (key === undefined) return stored.subarray(0, crcAt);
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(frame, 8);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(context);
  decipher.setAuthTag(stored.subarray(crcAt - 16, crcAt));
  return Buffer.concat([decipher.update(stored.subarray(0, crcAt - 16)), decipher.final()]);
}

/** Opens an envelope as the document says. */
function openEnvelope(envelope: Buffer, masterKey: Buffer): Buffer {
  const label = 'stowage data key wrap 1';
  const useKey = Buffer.from(hkdfSync('sha256', masterKey, '', label, 32));
  assert.equal(envelope[0], 1);
  assert.deepEqual(envelope.subarray(1, 5), createHmac('sha256', useKey).update('name').digest().subarray(0, 4));
  const key = Buffer.from(hkdfSync('sha256', useKey, envelope.subarray(5, 21), label, 32));
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12)).setAAD(Buffer.from(`${label}\0`));
  decipher.setAuthTag(envelope.subarray(53, 69));
  return Buffer.concat([decipher.update(envelope.subarray(21, 53)), decipher.final()]);
}

function vectorPlain(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 7 + Math.floor(index / 256)) % 256));
}

function noKey(): Buffer {
  throw new Error('a plain extent needs no key');
}

interface Vectors {
  readonly installId: string;
  readonly dataKey: string;
  readonly segmentHeader: string;
  readonly extents: readonly {
    readonly plainLength: number;
    readonly codec: string;
    readonly header: string;
    readonly end: string;
    readonly length: number;
    readonly sha256: string;
  }[];
}

// The fixture's shape is this file's own.
const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/on-disk/extents.json', import.meta.url), 'utf8'),
) as Vectors;

describe('extents as their document says', () => {
  for (const vector of vectors.extents) {
    it(`vector: ${vector.plainLength} bytes, ${vector.codec}`, () => {
      const bytes = makeExtent(vector.plainLength, vector.codec !== 'plain');
      assert.equal(createHash('sha256').update(bytes).digest('hex'), vector.sha256);
      assert.equal(bytes.length, vector.length);
      assert.ok(bytes.toString('hex').startsWith(vector.header));
      assert.ok(bytes.toString('hex').endsWith(vector.end));
      const extent = readExtent(bytes, () => Buffer.from(vectors.dataKey, 'hex'));
      assert.deepEqual(extent.plain, vectorPlain(vector.plainLength));
      assert.equal(extent.length, vector.length);
      assert.deepEqual(extent.names, ['a-bucket', 'ключ/a', 'null']);
      assert.equal(extent.bodyOffset, 67_108_864);
      assert.equal(extent.partNumber, vector.codec === 'plain' ? 0 : 17);
      assert.equal(extent.lastOfBody, vector.codec === 'plain');
      const tag = createHash('sha256').update(vectors.installId).digest().subarray(0, 8).toString('hex');
      assert.equal(extent.installTag, tag);
    });
  }

  it('vector: segment header', () => {
    const header = Buffer.from(vectors.segmentHeader, 'hex');
    assert.deepEqual(makeSegmentHeader(), header);
    assert.equal(header.length, 64);
    assert.equal(header.subarray(0, 10).toString('latin1'), 'STOWSEG\n\x01\0');
    assert.equal(header.readUInt32LE(60), crc32c(header.subarray(0, 60)));
  });

  it('the reader reads what the server writes: chunk files, segments, frames for the log', async () => {
    const masterKey = randomBytes(32);
    const dataKey = createKeyRing(masterKey).newDataKey();
    const bytes = openTestBytes();
    try {
      const disk = bytes.placer.targets[0];
      assert.ok(disk);
      for (const [size, key] of [
        [3 * 1_048_576, dataKey],
        [2_500_000, undefined],
        [100_000, dataKey],
        [7, undefined],
      ] as const) {
        for (const small of ['log', 'segment'] as const) {
          bytes.placer.small = small;
          const body = randomBytes(size);
          const origin = { bucket: 'b', key: 'k', versionId: 'v', partNumber: 3 };
          const writer = bytes.store.stage({
            tier: 'cold',
            expectedSizeBytes: size,
            digests: [],
            dataKey: key,
            origin,
          });
          await writer.write(body);
          const staged = await writer.finish();
          const [slice] = await commitFrames(disk, staged, 'x.log');
          assert.ok(slice);
          const folder = { log: 'log', segment: 'segments', chunk: join('chunks', slice.containerName.slice(0, 2)) };
          const file = readFileSync(join(disk.root, folder[slice.containerKind], slice.containerName));
          const extent = readExtent(file.subarray(slice.offset), (envelope) =>
            key ? openEnvelope(envelope, masterKey) : noKey(),
          );
          assert.ok(extent.plain.equals(body));
          assert.deepEqual(extent.names, ['b', 'k', 'v']);
          assert.equal(extent.partNumber, 3);
          staged.release();
        }
      }
      const [segment] = readdirSync(join(disk.root, 'segments'));
      const head = readFileSync(join(disk.root, 'segments', segment ?? '')).subarray(0, 64);
      assert.equal(`${head.subarray(16, 32).toString('hex')}.seg`, segment);
      assert.equal(head.readUInt32LE(60), crc32c(head.subarray(0, 60)));
    } finally {
      await bytes.close();
    }
  });
});

/*
 * A reader of the log written from docs/on-disk-format/log.md alone: nothing here comes from src-server/engine. To make the
 * vectors again after a change of the format: UPDATE_VECTORS=1 (a new format number then, too).
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type LogVector, makeLogVector } from '../../support/log-vector.ts';

const VECTOR = new URL('../../fixtures/on-disk/log.json', import.meta.url);

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

const u64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));
const magic = (bytes: Buffer): string => bytes.subarray(0, 8).toString('latin1');

interface Previous {
  readonly segment: number;
  readonly offset: number;
  readonly sequence: number;
  readonly crc: number;
}

interface Read {
  readonly sequence: number;
  readonly kind: string;
  readonly entries: readonly unknown[];
  readonly position: Previous;
  readonly frames: Buffer;
}

function readLog(files: readonly { readonly name: string; readonly bytes: Buffer }[]): Read[] {
  const sorted = [...files].sort((a, b) => a.name.localeCompare(b.name));
  const reads: Read[] = [];
  let previous: Previous = { segment: 0, offset: 0, sequence: 0, crc: 0 };
  for (const { name, bytes } of sorted) {
    assert.equal(magic(bytes), 'STOWLOG\n');
    assert.equal(bytes.readUInt32LE(4092), crc32c(bytes.subarray(0, 4092)));
    assert.deepEqual([bytes.readUInt32LE(8), bytes.readUInt32LE(12)], [1, 4096]);
    assert.equal(u64(bytes, 32), Number.parseInt(name, 16));
    assert.deepEqual(positionAt(bytes, 48, 72), previous);
    const texts = new Map<number, string>();
    for (let offset = 4096; offset < bytes.length; ) {
      const read = readBatch(bytes.subarray(offset), u64(bytes, 32), offset, previous, texts);
      reads.push(read.read);
      previous = read.read.position;
      offset = Math.ceil((offset + read.length) / 4096) * 4096;
    }
  }
  return reads;
}

function positionAt(bytes: Buffer, at: number, crcAt: number): Previous {
  return {
    segment: u64(bytes, at),
    offset: u64(bytes, at + 8),
    sequence: u64(bytes, at + 16),
    crc: bytes.readUInt32LE(crcAt),
  };
}

function readBatch(bytes: Buffer, segment: number, offset: number, previous: Previous, texts: Map<number, string>) {
  assert.equal(magic(bytes), 'STOWBAT\n');
  assert.equal(bytes.readUInt32LE(48), crc32c(bytes.subarray(0, 48)));
  const recordAt = bytes.readUInt32LE(40);
  const length = bytes.readUInt32LE(44);
  const record = bytes.subarray(recordAt, length);
  assert.equal(magic(record), 'STOWREC\n');
  const payloadLength = record.readUInt32LE(12);
  assert.equal(record.length, 104 + payloadLength + 8);
  assert.equal(record.readUInt32LE(104 + payloadLength), crc32c(record.subarray(0, 104 + payloadLength)));
  const crc = record.readUInt32LE(108 + payloadLength);
  assert.equal(crc, crc32c(bytes.subarray(0, length - 4)));
  const sequence = u64(record, 32);
  assert.deepEqual([u64(record, 24), u64(record, 48), u64(bytes, 32)], [segment, offset, sequence]);
  assert.deepEqual(positionAt(record, 56, 80), previous);
  assert.ok(u64(record, 88) <= previous.sequence);
  const kind = ['', 'commands', 'migration', 'relocation'][record.readUInt8(10)] ?? '';
  const payload = record.subarray(104, 104 + payloadLength);
  const entries = kind === 'migration' ? [] : readEntries(payload, record.readUInt32LE(16), texts);
  const frames = bytes.subarray(56, recordAt);
  return { read: { sequence, kind, entries, position: { segment, offset, sequence, crc }, frames }, length };
}

function readEntries(payload: Buffer, count: number, texts: Map<number, string>): unknown[] {
  let at = 0;
  const take = (length: number): Buffer => {
    at += length;
    return payload.subarray(at - length, at);
  };
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = take(1).readUInt8(0);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const parameter = (): unknown => {
    const tag = take(1).readUInt8(0);
    if (tag === 0) return null;
    if (tag === 1) return take(8).readDoubleLE(0);
    if (tag === 2) return { int64: take(8).readBigInt64LE(0).toString() };
    const bytes = take(varint());
    return tag === 3 ? bytes.toString('utf8') : { blob: bytes.toString('hex') };
  };
  const entries: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    const tag = take(1).readUInt8(0);
    const number = varint();
    if (tag === 1) {
      texts.set(number, take(varint()).toString('utf8'));
      continue;
    }
    assert.equal(tag, 2);
    const changes = varint();
    const parameters = Array.from({ length: varint() }, parameter);
    entries.push({ sql: texts.get(number), changes, parameters });
  }
  assert.equal(at, payload.length);
  return entries;
}

function readVector(vector: LogVector): Read[] {
  return readLog(
    vector.segments.map(({ name, gzipBase64 }) => ({ name, bytes: gunzipSync(Buffer.from(gzipBase64, 'base64')) })),
  );
}

function comparable(read: Read) {
  return { sequence: read.sequence, kind: read.kind, entries: read.entries };
}

if (process.env['UPDATE_VECTORS'] === '1') {
  writeFileSync(VECTOR, `${JSON.stringify(await makeLogVector(), undefined, 1)}\n`);
}

test('the document reads the vectors', () => {
  const vector: LogVector = JSON.parse(readFileSync(VECTOR, 'utf8'));
  const reads = readVector(vector);
  assert.deepEqual(reads.map(comparable), vector.records);
  assert.deepEqual([...new Set(reads.map((read) => read.kind))], ['commands', 'migration']);
  const bodies = reads.find((read) => read.frames.length > 0)?.frames ?? Buffer.alloc(0);
  assert.ok(
    bodies.subarray(0, 1000).every((byte) => byte === 1) && bodies.subarray(1000, 2000).every((byte) => byte === 2),
  );
});

test('the document reads what this release writes', async () => {
  const vector = await makeLogVector();
  assert.deepEqual(readVector(vector).map(comparable), vector.records);
});

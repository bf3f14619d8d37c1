import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FormReader } from '../../../src-server/console/share-page/form-reader.ts';
import { isFailure } from '../../../src-server/domain/failure.ts';

const BOUNDARY = 'b0undary';

async function* inPieces(body: Buffer, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += pieceBytes) yield body.subarray(at, at + pieceBytes);
}

function form(parts: readonly (readonly [string, Buffer])[], end = `--${BOUNDARY}--\r\n`): Buffer {
  const pieces = parts.map(([name, content]) =>
    Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\n\r\n`),
      content,
      Buffer.from('\r\n'),
    ]),
  );
  return Buffer.concat([...pieces, Buffer.from(end)]);
}

async function readAll(body: Buffer, pieceBytes: number): Promise<[string | undefined, string][]> {
  const reader = new FormReader(inPieces(body, pieceBytes), BOUNDARY);
  const found: [string | undefined, string][] = [];
  for (let part = await reader.next(); part !== undefined; part = await reader.next()) {
    const pieces: Uint8Array[] = [];
    for await (const piece of part.chunks()) pieces.push(Uint8Array.from(piece));
    found.push([part.fileName, Buffer.concat(pieces).toString('hex')]);
  }
  return found;
}

describe('a form, read as it arrives', () => {
  it('gives each part whole, however the bytes are cut and whatever they are', async () => {
    const nearDelimiters = fc.constantFrom('\r\n', '--', '\r\n--', `\r\n--${BOUNDARY.slice(0, 5)}`, '\r', 'x');
    const content = fc.array(nearDelimiters, { maxLength: 12 }).map((pieces) => Buffer.from(pieces.join('')));
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 4 }), fc.integer({ min: 1, max: 40 }), async (contents, cut) => {
        const parts = contents.map((bytes, index) => [`${index}.bin`, bytes] as const);
        const expected = parts.map(([name, bytes]) => [name, bytes.toString('hex')]);
        assert.deepEqual(await readAll(form(parts), cut), expected);
      }),
    );
  });

  it('skips a part that nobody reads', async () => {
    const body = form([
      ['a', Buffer.alloc(100_000, 'a')],
      ['b', Buffer.from('b')],
    ]);
    const reader = new FormReader(inPieces(body, 1000), BOUNDARY);
    await reader.next();
    assert.equal((await reader.next())?.fileName, 'b');
    assert.equal(await reader.next(), undefined);
    assert.equal(await reader.next(), undefined);
  });

  it('refuses what ends early or is no form', async () => {
    const whole = form([['a', Buffer.from('content')]]);
    const endless = `--${BOUNDARY}\r\n${'x: y\r\n'.repeat(10_000)}`;
    for (const body of [whole.subarray(0, -8), whole.subarray(0, 30), Buffer.from('nothing'), Buffer.from(endless)]) {
      await assert.rejects(readAll(body, 7), (error) => isFailure(error, 'MalformedPOSTRequest'));
    }
  });
});

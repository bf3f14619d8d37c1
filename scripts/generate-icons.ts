// Draws the app's icon (three drawers) and writes it in the three formats that packages want.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const ASSETS = join(dirname(dirname(fileURLToPath(import.meta.url))), 'assets');
type Colour = readonly [number, number, number, number];
const CLEAR: Colour = [0, 0, 0, 0];
const CASE: Colour = [32, 58, 67, 255];
const DRAWER: Colour = [232, 238, 236, 255];
const HANDLE: Colour = [208, 121, 55, 255];

/** Colour at a point of the unit square. */
function colourAt(x: number, y: number): Colour {
  if (!isInRoundedBox(x, y, [0.04, 0.04, 0.96, 0.96], 0.16)) return CLEAR;
  for (const top of [0.14, 0.4, 0.66]) {
    if (isInRoundedBox(x, y, [0.4, top + 0.075, 0.6, top + 0.125], 0.025)) return HANDLE;
    if (isInRoundedBox(x, y, [0.14, top, 0.86, top + 0.2], 0.04)) return DRAWER;
  }
  return CASE;
}

function isInRoundedBox(x: number, y: number, box: readonly [number, number, number, number], radius: number): boolean {
  const [left, top, right, bottom] = box;
  const dx = Math.max(left + radius - x, x - (right - radius), 0);
  const dy = Math.max(top + radius - y, y - (bottom - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

function png(size: number): Buffer {
  const row = 1 + size * 4;
  const pixels = Buffer.alloc(row * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) pixels.set(averageAt(x, y, size), y * row + 1 + x * 4);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Mean of nine points of a pixel, so that edges are smooth. */
function averageAt(x: number, y: number, size: number): number[] {
  const points = [1, 3, 5].flatMap((i) => [1, 3, 5].map((j) => colourAt((x + i / 6) / size, (y + j / 6) / size)));
  const alpha = points.reduce((sum, point) => sum + point[3], 0);
  const channel = (index: 0 | 1 | 2) =>
    alpha === 0 ? 0 : points.reduce((sum, point) => sum + point[index] * point[3], 0) / alpha;
  return [channel(0), channel(1), channel(2), alpha / points.length].map(Math.round);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** One 256-pixel PNG in Windows' container. */
function ico(image: Buffer): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(image.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, image]);
}

/** PNGs of 256 and 512 pixels in Apple's container. */
function icns(images: readonly (readonly [string, Buffer])[]): Buffer {
  const entry = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'ascii');
    head.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([head, data]);
  };
  return entry('icns', Buffer.concat(images.map(([type, data]) => entry(type, data))));
}

const [small, large] = [png(256), png(512)];
writeFileSync(join(ASSETS, 'icon.png'), large);
writeFileSync(join(ASSETS, 'icon.ico'), ico(small));
writeFileSync(
  join(ASSETS, 'icon.icns'),
  icns([
    ['ic08', small],
    ['ic09', large],
  ]),
);

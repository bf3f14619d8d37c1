import { setPriority } from 'node:os';
import type { FromThumbnailProcess, ToThumbnailProcess } from '../contract/host-channel.ts';

/*
 * A process of its own, because it feeds what strangers stored to decoders written in C: what breaks them breaks nothing
 * else, and what they eat is given back when it ends. It holds no secret, opens no file and no port.
 */

/** More than the largest picture that is taken needs; a decoder beyond it has run away. */
const MAX_RSS_BYTES = 700_000_000;
const LOOK_EVERY_MS = 100;
const EXIT_TOO_LARGE = 70;
const MAX_PIXELS = 64_000_000;
const MAX_SECONDS = 10;
const QUALITY = 78;

/** Decoders that may be used at all; not those of SVG, PDF and what else has a language in it. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((name) => `VipsForeignLoad${name}`);

interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}
// Given in Electron's utility processes, in place of Node's own channel.
const { parentPort } = process as { readonly parentPort?: ElectronPort };

function send(message: FromThumbnailProcess): void {
  if (parentPort === undefined) process.send?.(message);
  else parentPort.postMessage(message);
}

const sharp = await import('sharp').then(
  (module) => module.default,
  (error: unknown) => {
    send({ kind: 'unavailable', reason: String(error).slice(0, 300) });
    return undefined;
  },
);

let received: Uint8Array[] = [];

async function make(edgePx: number): Promise<void> {
  if (sharp === undefined) return;
  const bytes = Buffer.concat(received);
  received = [];
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true });
    const made = await image
      .autoOrient()
      .resize(edgePx, edgePx, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .timeout({ seconds: MAX_SECONDS })
      .toBuffer();
    send({ kind: 'made', bytes: made });
  } catch (error) {
    send({ kind: 'refused', reason: String(error).slice(0, 300) });
  }
}

if (sharp !== undefined) {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  try {
    setPriority(10);
  } catch {
    // Only a kindness to the server beside it.
  }
  setInterval(() => {
    if (process.memoryUsage.rss() > MAX_RSS_BYTES) process.exit(EXIT_TOO_LARGE);
  }, LOOK_EVERY_MS).unref();
  const hear = (message: ToThumbnailProcess): void => {
    if (message.kind === 'bytes') received.push(message.bytes);
    else void make(message.edgePx);
  };
  // Only the server speaks here, and its host parsed what it said.
  if (parentPort === undefined) process.on('message', hear);
  else parentPort.on('message', ({ data }) => hear(data as ToThumbnailProcess));
  send({ kind: 'ready' });
}
process.on('disconnect', () => process.exit(0));

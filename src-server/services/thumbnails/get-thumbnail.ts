import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { ScratchFolder } from '../../platform/scratch-folder.ts';
import type { Catalogue, ServiceContext } from '../context.ts';
import { getObject, type ReadableObject } from '../objects/get-object.ts';
import { headObject } from '../objects/head-object.ts';
import type { StoredObject } from '../objects/stored-object.ts';
import { forkThumbnailChild } from './fork-thumbnail-child.ts';
import { ThumbnailProcess } from './thumbnail-process.ts';
import { ThumbnailStore } from './thumbnail-store.ts';

export interface ThumbnailRequest {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly versionId: VersionId | undefined;
}

export interface Thumbnail {
  /** WebP, at most `EDGE_PX` wide and high. */
  readonly bytes: Uint8Array;
  /** Of the bytes; without quotes. */
  readonly etag: string;
}

const EDGE_PX = 320;
/** Larger files are not tried: they are read whole. */
const MAX_SOURCE_BYTES = 50_000_000;
/** Callers that may wait at the same time; a page of a grid asks for a hundred. */
const MAX_WAITING = 400;
/** What a picture's type or, where the type says nothing, its name must say for it to be tried. */
const TYPE = /^image\/(?:jpeg|png|webp|gif|avif|tiff)$/;
const ENDING = /\.(?:jpe?g|jfif|png|webp|gif|avif|tiff?)$/i;
const NO_CONDITIONS = {
  ifMatch: undefined,
  ifNoneMatch: undefined,
  ifModifiedSinceMs: undefined,
  ifUnmodifiedSinceMs: undefined,
};

interface Maker {
  readonly process: ThumbnailProcess;
  readonly store: ThumbnailStore;
  /** By name, so that two who ask for the same wait for one. */
  readonly making: Map<string, Promise<Thumbnail | undefined>>;
  /** The end of the queue. */
  last: Promise<unknown>;
}

const makers = new WeakMap<Catalogue, Maker>();

/**
 * A small picture of an object, kept from before or made now; undefined where there can be none, or not now. The caller
 * has asked whether it may be read.
 *
 * @throws Failure NoSuchBucket, NoSuchKey, NoSuchVersion, ServiceUnavailable
 */
export async function getThumbnail(context: ServiceContext, request: ThumbnailRequest): Promise<Thumbnail | undefined> {
  const asked = { ...request, conditions: NO_CONDITIONS, wanted: { kind: 'all' } as const };
  const { object } = await headObject(context, asked);
  const maker = makerOf(context);
  if (!isTried(object) || !maker.process.isAvailable) return undefined;
  const name = nameOf(object);
  const kept = await maker.store.get(name);
  if (kept === 'none') return undefined;
  if (kept !== undefined) return { bytes: kept, etag: name };
  const underway = maker.making.get(name);
  if (underway !== undefined) return underway;
  if (maker.making.size >= MAX_WAITING) return undefined;
  const made = maker.last.then(async () => make(maker, name, await getObject(context, asked)));
  maker.making.set(name, made);
  maker.last = made.catch(() => undefined);
  return made.finally(() => maker.making.delete(name));
}

async function make(maker: Maker, name: string, object: ReadableObject): Promise<Thumbnail | undefined> {
  // Overwritten since it was looked at: its name would lie.
  if (nameOf(object.object) !== name) return undefined;
  const result = await maker.process.make(bytesOf(object), EDGE_PX);
  if (result.kind === 'refused') maker.store.refuse(name);
  if (result.kind !== 'made') return undefined;
  // A full disk is no reason to show nothing.
  await maker.store.put(name, result.bytes, object.object.envelope === null).catch(() => undefined);
  return { bytes: result.bytes, etag: name };
}

function isTried({ key, contentType, sizeBytes, system }: StoredObject): boolean {
  if (sizeBytes === 0 || sizeBytes > MAX_SOURCE_BYTES || system?.['content-encoding'] !== undefined) return false;
  const [type = ''] = contentType.toLowerCase().split(';');
  return TYPE.test(type.trim()) || ENDING.test(key);
}

/** By content and never by key: what is renamed or copied within the store keeps its picture, what is overwritten does not. */
function nameOf({ bodyId, etag, sizeBytes }: StoredObject): string {
  return createHash('sha256').update(`${EDGE_PX}\n${bodyId}\n${etag}\n${sizeBytes}`).digest('hex').slice(0, 40);
}

async function* bytesOf({ body }: ReadableObject): AsyncGenerator<Uint8Array> {
  if (body.kind === 'bytes') yield body.bytes;
  if (body.kind !== 'stream') return;
  for await (const chunk of body.open(new AbortController().signal)) {
    // Serialised before the next one is asked for.
    for (const piece of chunk.pieces) yield piece;
    chunk.release();
  }
}

function makerOf({ catalogue, config, log, startThumbnailChild }: ServiceContext): Maker {
  let maker = makers.get(catalogue);
  if (maker === undefined) {
    const store = new ThumbnailStore(new ScratchFolder(join(config.dataDir, 'cache', 'thumbnails')));
    const thumbnails = new ThumbnailProcess(log, startThumbnailChild ?? forkThumbnailChild(log));
    maker = { process: thumbnails, store, making: new Map(), last: Promise.resolve() };
    makers.set(catalogue, maker);
  }
  return maker;
}

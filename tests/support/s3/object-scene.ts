import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectVersionsCommand,
  type ObjectVersion,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { type LeanAnswer, LeanClient, type LeanRequest } from '../lean-client.ts';
import type { TestServerOptions } from '../test-server.ts';
import { keyOf } from '../users.ts';
import { type BucketScene, openBucketScene } from './bucket-scene.ts';

/** A bucket scene with what tests of objects do again and again. */
export interface ObjectScene extends BucketScene {
  /** One signed request, as root unless told, with bytes and unsigned headers; nothing is added or checked. */
  wire(request: LeanRequest, user?: string): Promise<LeanAnswer>;
  put(
    bucket: string,
    key: string,
    body?: string | Buffer,
    more?: Partial<PutObjectCommandInput>,
  ): Promise<PutObjectCommandOutput>;
  /** Body as text; throws the SDK's error. */
  get(bucket: string, key: string, versionId?: string): Promise<{ text: string; answer: GetObjectCommandOutput }>;
  remove(bucket: string, key: string, versionId?: string): Promise<{ marker: boolean; versionId: string | undefined }>;
  /** A fresh bucket with this versioning. */
  versionedBucket(status?: 'Enabled' | 'Suspended'): Promise<string>;
  setVersioning(bucket: string, status: 'Enabled' | 'Suspended'): Promise<void>;
  /** All versions and markers: `key id*` with `*` for the latest, ids shown by the name they are known by. */
  history(bucket: string, names?: Readonly<Record<string, string | undefined>>): Promise<string[]>;
}

export async function openObjectScene(options: TestServerOptions = {}): Promise<ObjectScene> {
  const scene = await openBucketScene(options);
  const { client, server } = scene;
  const setVersioning = async (Bucket: string, Status: 'Enabled' | 'Suspended'): Promise<void> => {
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  };
  return {
    ...scene,
    setVersioning,
    wire: async (request, user) => {
      const credentials = user === undefined ? server.rootCredentials : keyOf(user);
      const lean = new LeanClient(server.endpoint, credentials, server.context.config.region);
      try {
        return await lean.request(request);
      } finally {
        lean.close();
      }
    },
    put: (Bucket, Key, body = 'body', more = {}) =>
      // The SDK takes an empty string for a stream of unknown length and warns.
      client.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(body), ...more })),
    get: async (Bucket, Key, VersionId) => {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      return { text: (await answer.Body?.transformToString()) ?? '', answer };
    },
    remove: async (Bucket, Key, VersionId) => {
      const answer = await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
      return { marker: answer.DeleteMarker ?? false, versionId: answer.VersionId };
    },
    versionedBucket: async (status = 'Enabled') => {
      const bucket = await scene.newBucket();
      await setVersioning(bucket, status);
      return bucket;
    },
    history: async (Bucket, names = {}) => {
      const listed = await client.send(new ListObjectVersionsCommand({ Bucket }));
      const known = new Map(Object.entries(names).map(([name, id]) => [id, name]));
      const show = (kind: string) => (version: Pick<ObjectVersion, 'Key' | 'VersionId' | 'IsLatest'>) =>
        `${version.Key} ${kind}${known.get(version.VersionId) ?? version.VersionId}${version.IsLatest ? '*' : ''}`;
      return [...(listed.Versions ?? []).map(show('')), ...(listed.DeleteMarkers ?? []).map(show('marker '))];
    },
  };
}

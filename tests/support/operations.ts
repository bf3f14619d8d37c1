import assert from 'node:assert/strict';
import type * as z from 'zod';
import type { postOperationSchema } from '../../src-server/contract/operations.ts';
import { type Operation, operationSchema, type PostOperation } from '../../src-server/contract/operations.ts';
import type { ServiceContext } from '../../src-server/services/context.ts';
import { recount } from '../../src-server/tiers/check/check-storage.ts';
import type { ConsoleClient } from './console-client.ts';

/** A version as it stands, without its place in the sequence. */
export interface StandingVersion {
  readonly key: string;
  readonly version_id: string;
  readonly is_current: number;
  readonly is_marker: number;
  readonly size: number;
  readonly etag: string;
  readonly modified_ms: number;
}

/** Every version and marker of a bucket, newest first. */
export function versionsIn(context: ServiceContext, bucket: string): Promise<StandingVersion[]> {
  return context.catalogue.read((tx) =>
    tx.all<StandingVersion>(
      `SELECT v.key, v.version_id, v.is_current, v.is_marker, v.size, v.etag, v.modified_ms
       FROM object_version AS v JOIN bucket AS b ON b.id = v.bucket_id WHERE b.name = ? ORDER BY v.key, v.seq DESC`,
      bucket,
    ),
  );
}

/** Keys of the current objects. */
export async function keysIn(context: ServiceContext, bucket: string): Promise<string[]> {
  const versions = await versionsIn(context, bucket);
  return versions.filter((one) => one.is_current === 1 && one.is_marker === 0).map(({ key }) => key);
}

/** Counters, references and the garbage list are what their rows say; exactly the newest version of each key is current. */
export async function assertCountsExact(context: ServiceContext): Promise<void> {
  const drift = await context.catalogue.read((tx) => recount(tx));
  assert.deepEqual(drift, { containers: [], extents: [], buckets: [], tenants: [], garbage: [] });
  const wrong = await context.catalogue.read((tx) =>
    tx.all(`SELECT v.key, v.seq FROM object_version AS v WHERE v.is_current <> (v.seq = (
        SELECT max(n.seq) FROM object_version AS n WHERE n.bucket_id = v.bucket_id AND n.key = v.key))`),
  );
  assert.deepEqual(wrong, []);
  const orphans = await context.catalogue.read((tx) =>
    tx.all(`SELECT body_id FROM body_extent
      WHERE body_id NOT IN (SELECT body_id FROM object_version WHERE body_id IS NOT NULL)
        AND body_id NOT IN (SELECT body_id FROM binned_object WHERE body_id IS NOT NULL)
        AND body_id NOT IN (SELECT body_id FROM upload_part)`),
  );
  assert.deepEqual(orphans, []);
}

/** Asks for an operation and waits for its end. */
export async function operate(client: ConsoleClient, body: z.input<typeof postOperationSchema>): Promise<Operation> {
  const response = await client.send('POST', '/api/v1/operations', body);
  assert.equal(response.status, 201, await response.clone().text());
  return ended(client, operationSchema.parse(await response.json()));
}

/** Undoes an operation and waits for the end of that. */
export async function undo(client: ConsoleClient, { id }: Operation): Promise<Operation> {
  const response = await client.send('POST', `/api/v1/operations/${id}/undo`);
  assert.equal(response.status, 201, await response.clone().text());
  return ended(client, operationSchema.parse(await response.json()));
}

export async function look(client: ConsoleClient, id: string): Promise<Operation> {
  return operationSchema.parse(await (await client.send('GET', `/api/v1/operations/${id}`)).json());
}

async function ended(client: ConsoleClient, operation: Operation): Promise<Operation> {
  let now = operation;
  for (let tries = 0; now.state === 'queued' || now.state === 'running'; tries++) {
    assert.ok(tries < 600, `operation ${now.id} does not end`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    now = await look(client, now.id);
  }
  return now;
}

export type { PostOperation };

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { loadConfig } from '../../src-server/config/load.ts';
import type { Config } from '../../src-server/config/schema.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { DenialCounter } from '../../src-server/observability/denials.ts';
import { createEventHub } from '../../src-server/observability/event-hub.ts';
import { createLogger } from '../../src-server/observability/logger.ts';
import { createRequestFeed } from '../../src-server/observability/request-feed.ts';
import { LockClock } from '../../src-server/platform/lock-clock.ts';
import type { ServiceContext } from '../../src-server/services/context.ts';
import type { FolderViews } from '../../src-server/services/views/view-client.ts';
import { ViewServer } from '../../src-server/services/views/view-server.ts';
import type { BodyStore } from '../../src-server/storage/body-store.ts';
import { type KeyRing, WrongMasterKey } from '../../src-server/storage/key-ring.ts';
import { type InlineEngine, openInlineEngine } from './inline-engine.ts';

/** A service context over an inline engine, for tests of services that touch no bodies. */
export interface ServiceFixture {
  readonly engine: InlineEngine;
  readonly context: ServiceContext;
  readonly dataDir: string;
  /** Commands submitted so far, by name. */
  readonly submitted: string[];
  /** The same catalogue under another install's master key. */
  withOtherMasterKey(): ServiceContext;
  close(): void;
}

export function openServiceFixture(): ServiceFixture {
  const engine = openInlineEngine();
  const dataDir = mkdtempSync(join(tmpdir(), 'stowage-services-'));
  const submitted: string[] = [];
  const client: InlineEngine['client'] = {
    ...engine.client,
    submit: (name, input, frames) => {
      submitted.push(name);
      return engine.client.submit(name, input, frames);
    },
  };
  let now = 1_700_000_000_000;
  const lockClock = new LockClock();
  lockClock.run(now as EpochMs);
  const context: ServiceContext = {
    config: testConfig(dataDir),
    catalogue: engine.catalogue,
    engine: client,
    bodies: noBodies(),
    keys: testKeyRing(),
    events: createEventHub(),
    requests: createRequestFeed(),
    denials: new DenialCounter(),
    views: inlineViews(engine),
    log: createLogger({ format: 'json', level: 'silent' }),
    now: () => ++now as EpochMs,
    lockClock,
  };
  return {
    engine,
    context,
    dataDir,
    submitted,
    withOtherMasterKey: () => ({ ...context, keys: testKeyRing() }),
    close() {
      engine.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The views' server on this thread. */
function inlineViews({ catalogue }: InlineEngine): FolderViews {
  let reads = 0n;
  const server = new ViewServer({
    read: (step) => catalogue.read(step),
    // Nobody counts commits here: nothing is kept.
    commits: () => ++reads,
    now: () => Date.now(),
    pause: () => setImmediate(),
  });
  return { page: (request) => server.page(request), close: () => undefined };
}

function testConfig(dataDir: string): Config {
  return loadConfig({
    args: ['--data-dir', dataDir],
    env: {},
    cwd: dataDir,
    stderrIsTerminal: false,
    readTextFile: () => {
      throw new Error('no files in this test');
    },
  }).config;
}

function noBodies(): BodyStore {
  const refuse = () => {
    throw new Error('no bodies in this test');
  };
  const kept = { maxBodyBytes: 0, get: refuse, put: refuse };
  return { kept, stage: refuse, read: refuse };
}

/** AES-256-GCM under a random key: what the services need of a key ring. */
function testKeyRing(): KeyRing {
  const masterKey = randomBytes(32);
  const refuse = () => {
    throw new Error('no data keys in this test');
  };
  return {
    newDataKey: refuse,
    openDataKey: refuse,
    sealSecret(secret, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    openSecret(sealed, context) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', masterKey, sealed.subarray(0, 12))
          .setAAD(Buffer.from(context))
          .setAuthTag(sealed.subarray(12, 28));
        return decipher.update(sealed.subarray(28), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw new WrongMasterKey('altered, or sealed under another key');
      }
    },
  };
}

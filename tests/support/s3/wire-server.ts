import { createLogger } from '../../../src-server/observability/logger.ts';
import type { S3RequestFacts } from '../../../src-server/observability/s3-metrics.ts';
import { type S3ListenerOptions, startS3Listener } from '../../../src-server/s3/listener.ts';
import type { S3Operation } from '../../../src-server/s3/operation.ts';
import { OPERATION_TABLE } from '../../../src-server/s3/operation-table/index.ts';
import type { AnyOperationRow } from '../../../src-server/s3/operation-table/row.ts';
import type { ServiceContext } from '../../../src-server/services/context.ts';

export const ACCESS_KEY = 'AKIAWIRETESTS';
export const SECRET_KEY = 'wire-tests-secret/with+odd=characters';
export const REGION = 'us-east-1';

/** A context whose catalogue knows one root key and every bucket, for tests that need the wire and nothing behind it. */
export function wireContext(
  options: { now?: () => number; cors?: string; domain?: string; v2?: boolean } = {},
): ServiceContext {
  const user = {
    id: 1,
    name: 'root',
    tenant_id: null,
    account_id: '123456789012',
    canonical_id: 'c'.repeat(64),
    role: 'root',
    email: null,
    display_name: null,
    state: 'active',
    expires_ms: null,
    sealed_secret: Buffer.from(SECRET_KEY),
    path: '/',
    boundary_policy_id: null,
    key_policy: null,
    source_ips: null,
    tags: null,
    account_holder_id: null,
  };
  const bucket = {
    id: 2,
    owner_id: 1,
    account_id: user.account_id,
    canonical_id: user.canonical_id,
    display_name: null,
    created_ms: 0,
    location: null,
    versioning: 'Off',
    ownership: 'BucketOwnerEnforced',
    acl: null,
    object_lock: null,
    tags: null,
    cors: options.cors ?? null,
    encryption: null,
    policy: null,
    public_access_block: null,
    request_payer: null,
    sosapi: 0,
  };
  const tx = {
    get: async (sql: string, ...parameters: unknown[]) => {
      if (sql.includes('access_key')) return parameters[0] === ACCESS_KEY ? user : undefined;
      return parameters[0] === 'absent' ? undefined : { ...bucket, name: parameters[0] };
    },
    all: async () => [],
  };
  const double = {
    config: {
      region: REGION,
      domain: options.domain ?? null,
      s3: { allowSignatureV2: options.v2 ?? true, allowRoot: true, heldNameDays: 30 },
      trustedProxies: [],
      limits: {},
    },
    catalogue: { read: (read: (view: unknown) => unknown) => read(tx), generation: () => 1 },
    denials: { note: () => undefined },
    keys: { openSecret: (sealed: Buffer) => sealed.toString() },
    log: createLogger({ format: 'json', level: 'fatal' }),
    now: options.now ?? Date.now,
  };
  // Only what authentication, authorization and CORS touch.
  return double as unknown as ServiceContext;
}

/** The table with handlers of a test's own in place of some rows'. */
export function tableWith(handlers: Record<string, S3Operation>): AnyOperationRow[] {
  return OPERATION_TABLE.map((row) => {
    const handler = handlers[row.action];
    // A test's handler takes any target.
    return (handler === undefined ? row : { ...row, handler }) as AnyOperationRow;
  });
}

export interface WireServer extends AsyncDisposable {
  readonly port: number;
  readonly origin: string;
  readonly facts: S3RequestFacts[];
}

/** A listener on a free port of the loopback address. */
export async function startWireServer(
  handlers: Record<string, S3Operation>,
  options: Partial<S3ListenerOptions> & { context?: ServiceContext } = {},
): Promise<WireServer> {
  const facts: S3RequestFacts[] = [];
  const { context = wireContext(), ...rest } = options;
  const listener = await startS3Listener(context, {
    host: '127.0.0.1',
    port: 0,
    table: tableWith(handlers),
    metrics: { record: (fact) => void facts.push(fact) },
    ...rest,
  });
  const { port } = listener.address;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    facts,
    [Symbol.asyncDispose]: () => listener.close(100),
  };
}

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { loadConfig } from '../../src-server/config/load.ts';
import type { HealthFacts } from '../../src-server/console/endpoint.ts';
import { ENDPOINTS } from '../../src-server/console/endpoints/index.ts';
import { type ConsoleServer, startConsole } from '../../src-server/console/start-console.ts';
import { errorSchema } from '../../src-server/contract/error.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { DenialCounter } from '../../src-server/observability/denials.ts';
import { createLogger } from '../../src-server/observability/logger.ts';
import { createMetricsRegistry } from '../../src-server/observability/metrics.ts';
import type { Appliance } from '../../src-server/services/appliance/appliance.ts';
import type { ServiceContext } from '../../src-server/services/context.ts';
import type { RunningSettings } from '../../src-server/services/settings/running-settings.ts';

const METRICS_TOKEN = 'metrics-token-0123456789';

/** Endpoints under test here reach nothing but config and log; anything else is an error. */
function contextWith(lines: string[]): ServiceContext {
  const input = {
    args: ['--console-address', '127.0.0.1:0'],
    cwd: '/',
    stderrIsTerminal: false,
    readTextFile: () => '',
  };
  const { config } = loadConfig({ ...input, env: { STOWAGE_METRICS_TOKEN: METRICS_TOKEN } });
  const log = createLogger({ format: 'json', destination: { write: (line) => lines.push(line) } });
  const unreachable = () => {
    throw new Error('planted bug');
  };
  const traps = { get: unreachable };
  // Only what a test reaches needs to exist; the rest throws when touched.
  const port = <T>() => new Proxy({}, traps) as T;
  return {
    config,
    log,
    catalogue: port(),
    engine: port(),
    bodies: port(),
    keys: port(),
    events: port(),
    requests: port(),
    denials: new DenialCounter(),
    views: port(),
    now: () => 0 as EpochMs,
    lockClock: port(),
  };
}

describe('console port', () => {
  const logLines: string[] = [];
  let server: ConsoleServer;
  let health: HealthFacts = { catalogueWorks: true, writableDisks: 1, degraded: [] };
  before(async () => {
    const registry = createMetricsRegistry();
    registry.counter('stowage_test_total', 'help').with().add(3);
    server = await startConsole(contextWith(logLines), {
      address: { host: '127.0.0.1', port: 0 },
      tls: undefined,
      version: '1.2.3',
      s3Url: 'http://127.0.0.1:9000/<x>',
      health: async () => health,
      metrics: async () => [registry.snapshot()],
      // Nothing that is asked here looks at it.
      appliance: {} as Appliance,
      settings: {} as RunningSettings,
    });
  });
  after(() => server.close(1000));

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });
  const post = (path: string, body: string, type = 'application/json') =>
    fetch(`${server.url}${path}`, { method: 'POST', body, headers: { 'content-type': type } });
  const errorOf = async (response: Response) => errorSchema.parse(await response.json()).error;

  it('is live', async () => {
    const response = await get('/health/live');
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { status: 'ok', version: '1.2.3' });
  });

  const readiness: readonly (readonly [string, HealthFacts, number, object])[] = [
    ['ready', { catalogueWorks: true, writableDisks: 2, degraded: [] }, 200, { status: 'ready', degraded: [] }],
    [
      'degraded, with the reason',
      { catalogueWorks: true, writableDisks: 1, degraded: ['disk b is absent'] },
      200,
      { status: 'degraded', degraded: ['disk b is absent'] },
    ],
    [
      'unavailable without a catalogue',
      { catalogueWorks: false, writableDisks: 1, degraded: [] },
      503,
      { status: 'unavailable', degraded: ['the catalogue does not work'] },
    ],
    [
      'unavailable without a writable disk',
      { catalogueWorks: true, writableDisks: 0, degraded: ['the log is damaged'] },
      503,
      { status: 'unavailable', degraded: ['the log is damaged', 'no disk can be written'] },
    ],
  ];
  for (const [name, facts, status, body] of readiness) {
    it(`says that it is ${name}`, async () => {
      health = facts;
      const response = await get('/health/ready');
      assert.equal(response.status, status);
      assert.deepEqual(await response.json(), body);
    });
  }

  it('shows metrics to this machine', async () => {
    const response = await get('/metrics');
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    assert.match(await response.text(), /^stowage_test_total 3$/m);
  });

  it('wants the token from behind a proxy', async () => {
    const forwarded = { 'x-forwarded-for': '10.0.0.9' };
    const refused = await get('/metrics', forwarded);
    assert.equal(refused.status, 401);
    assert.equal(refused.headers.get('www-authenticate'), 'Bearer');
    assert.equal((await errorOf(refused)).code, 'Unauthorized');
    assert.equal((await get('/metrics', { ...forwarded, authorization: 'Bearer wrong' })).status, 401);
    assert.equal((await get('/metrics', { ...forwarded, authorization: `Bearer ${METRICS_TOKEN}` })).status, 200);
  });

  it('puts the security headers and a request id on every answer, errors too', async () => {
    for (const path of ['/health/live', '/nothing']) {
      const { headers } = await get(path);
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('x-frame-options'), 'DENY');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.match(headers.get('x-request-id') ?? '', /^[0-9A-F]{16}$/);
    }
  });

  it('answers every error in one shape', async () => {
    const setup = '/api/v1/setup';
    const cases: readonly (readonly [Promise<Response>, number, string])[] = [
      [get('/nothing'), 404, 'NotFound'],
      [get('/api/v1/../../etc/passwd'), 404, 'NotFound'],
      [fetch(`${server.url}${setup}`, { method: 'PUT' }), 405, 'MethodNotAllowed'],
      [post(setup, 'x', 'text/plain'), 415, 'UnsupportedMediaType'],
      [post(setup, '{"token":'), 400, 'InvalidRequest'],
      [post(setup, '{"token":"t","name":"n","password":"long enough","more":1}'), 400, 'InvalidRequest'],
      [post(setup, '{"token":"t","name":"a b","password":"long enough"}'), 400, 'InvalidRequest'],
      [post(setup, '{"token":"t","name":"n","password":"short"}'), 400, 'InvalidRequest'],
      [post(setup, `"${'x'.repeat(70_000)}"`), 413, 'EntityTooLarge'],
    ];
    for (const [answer, status, code] of cases) {
      const response = await answer;
      assert.deepEqual([response.status, (await errorOf(response)).code], [status, code]);
    }
  });

  it('says nothing of a bug to the caller, and all of it to the log', async () => {
    const response = await post('/api/v1/setup', '{"token":"secret-token-x","name":"n","password":"secret-password"}');
    const error = await errorOf(response);
    assert.deepEqual([response.status, error.code], [500, 'InternalError']);
    assert.ok(!JSON.stringify(error).includes('planted'));
    const line = logLines.find((text) => text.includes(error.requestId)) ?? '';
    assert.match(line, /planted bug/);
    assert.ok(!logLines.join('').includes('secret-'));
  });

  it('documents every route', async () => {
    const document = z
      .looseObject({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await (await get('/api/v1/openapi.json')).json());
    assert.equal(document.openapi, '3.1.0');
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m} ${path}`),
    );
    const served = ENDPOINTS.map(({ route: { method, path } }) => `${method} ${path}`);
    assert.deepEqual(routes.sort(), served.sort());
  });
});

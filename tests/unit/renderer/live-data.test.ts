import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { NO_ITEMS, reduceList } from '../../../src-renderer/features/activity/live-list.ts';
import { ApiError, call, mayPass } from '../../../src-renderer/lib/api.ts';
import { openEventStream } from '../../../src-renderer/lib/event-stream.ts';
import { failureOf } from '../../../src-renderer/lib/query-failure.ts';
import type { LiveEvent } from '../../../src-server/contract/events.ts';
import { getSession } from '../../../src-server/contract/sessions.ts';

const LOST = new ApiError(0, 'ConnectionLost', '');

describe('a call', () => {
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  it('whose connection breaks while the answer comes is lost, not broken', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new TypeError('network error')) });
    globalThis.fetch = async () => new Response(body, { status: 200 });
    await assert.rejects(call(getSession), { name: 'ApiError', code: 'ConnectionLost', status: 0 });
  });

  it('is made again where that may help: after a lost connection or trouble of the server', () => {
    const errors = [LOST, new ApiError(503, 'SlowDown', ''), new ApiError(404, 'NoSuchKey', ''), new Error('a bug')];
    assert.deepEqual(errors.map(mayPass), [true, true, false, false]);
  });
});

describe('what was read', () => {
  it('stays where only asking again failed', () => {
    assert.equal(failureOf({ data: { name: 'a' }, error: LOST }), null);
    assert.equal(failureOf({ data: undefined, error: LOST }), LOST);
    assert.equal(failureOf({ data: null, error: null }), null);
  });

  it('goes where it is gone or not ours any more', () => {
    for (const status of [403, 404]) {
      const error = new ApiError(status, 'No', '');
      assert.equal(failureOf({ data: { name: 'a' }, error }), error);
    }
  });
});

describe('a stream of events', () => {
  const realEventSource = globalThis.EventSource;
  let sources: FakeEventSource[] = [];
  class FakeEventSource {
    static readonly CLOSED = 2;
    readyState = 0;
    onopen: (() => void) | undefined;
    onerror: (() => void) | undefined;
    onmessage: ((event: { data: string }) => void) | undefined;
    constructor() {
      sources.push(this);
    }
    close(): void {
      this.readyState = FakeEventSource.CLOSED;
    }
  }
  const told: (LiveEvent['kind'] | 'open' | 'lost' | 'refused')[] = [];
  const open = () =>
    openEventStream('/events', {
      onEvent: ({ kind }) => void told.push(kind),
      onOpen: () => void told.push('open'),
      onLost: (isRefused) => void told.push(isRefused ? 'refused' : 'lost'),
    });

  beforeEach(() => {
    sources = [];
    told.length = 0;
    // What of it the stream uses.
    globalThis.EventSource = FakeEventSource as unknown as typeof EventSource;
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    globalThis.EventSource = realEventSource;
    mock.timers.reset();
  });

  it('tells what it knows and passes over the rest', () => {
    const stream = open();
    sources[0]?.onopen?.();
    sources[0]?.onmessage?.({ data: '{"kind":"hello"}' });
    sources[0]?.onmessage?.({ data: '{"kind":"of-next-year"}' });
    assert.deepEqual(told, ['open', 'hello']);
    stream.close();
  });

  it('leaves a broken connection to the browser and opens a refused one anew', () => {
    const stream = open();
    sources[0]?.onerror?.();
    mock.timers.tick(60_000);
    assert.equal(sources.length, 1);
    // An answer that is no stream (401, 503): the browser gives up.
    sources[0]?.close();
    sources[0]?.onerror?.();
    mock.timers.tick(4_999);
    assert.equal(sources.length, 1);
    mock.timers.tick(1);
    assert.equal(sources.length, 2);
    assert.deepEqual(told, ['lost', 'refused']);
    stream.close();
  });

  it('is not opened again once it was closed', () => {
    const stream = open();
    sources[0]?.close();
    sources[0]?.onerror?.();
    stream.close();
    mock.timers.tick(60_000);
    assert.equal(sources.length, 1);
  });
});

describe('a list that grows', () => {
  const at = (...times: number[]) => times.map((atMs) => ({ atMs }));

  it('puts what a broken stream did not bring where it belongs', () => {
    const begun = reduceList(NO_ITEMS, { kind: 'read', items: at(20, 10) });
    const grown = reduceList(begun, { kind: 'came', items: at(50) });
    assert.deepEqual(reduceList(grown, { kind: 'read', items: at(40, 30) }).shown, at(50, 40, 30, 20, 10));
  });

  it('shows nothing again that was cleared away', () => {
    const begun = reduceList(NO_ITEMS, { kind: 'read', items: at(20, 10) });
    const cleared = reduceList(begun, { kind: 'clear' });
    assert.deepEqual(reduceList(cleared, { kind: 'read', items: at(30, 20, 10) }).shown, at(30));
  });

  it('stands still while it is paused, and has everything afterwards', () => {
    const begun = reduceList(NO_ITEMS, { kind: 'read', items: at(10) });
    const paused = reduceList(reduceList(begun, { kind: 'pause' }), { kind: 'came', items: at(20) });
    assert.deepEqual([paused.shown, paused.waiting], [at(10), at(20)]);
    const on = reduceList(paused, { kind: 'pause' });
    assert.deepEqual([on.shown, on.waiting], [at(20, 10), []]);
  });
});

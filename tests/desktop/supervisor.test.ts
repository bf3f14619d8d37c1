import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ServerChildListener } from '../../src-main/server/server-child.ts';
import type { ServerState } from '../../src-main/server/server-state.ts';
import { Supervisor } from '../../src-main/server/supervisor.ts';
import type { HostRequest } from '../../src-server/contract/host-channel.ts';

const READY = {
  type: 'ready',
  s3: 'http://127.0.0.1:9000',
  console: 'http://127.0.0.1:9001',
  setupToken: null,
} as const;

interface FakeChild {
  readonly listener: ServerChildListener;
  readonly sent: HostRequest[];
  isKilled: boolean;
}

function supervise(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  const children: FakeChild[] = [];
  const states: ServerState['kind'][] = [];
  const supervisor = new Supervisor(
    (listener) => {
      const child: FakeChild = { listener, sent: [], isKilled: false };
      children.push(child);
      const kill = () => {
        child.isKilled = true;
      };
      return { send: (request) => void child.sent.push(request), kill };
    },
    ({ kind }) => void states.push(kind),
  );
  const current = (): FakeChild => {
    const child = children.at(-1);
    assert.ok(child !== undefined);
    return child;
  };
  return { supervisor, children, states, current };
}

describe('supervisor', () => {
  it('starts again with growing pauses, and gives up on a loop', (t) => {
    const { supervisor, children, current } = supervise(t);
    supervisor.start();
    const pauses: number[] = [];
    for (let end = 0; end < 5; end += 1) {
      current().listener.onExit(4);
      const { state } = supervisor;
      assert.ok(state.kind === 'restarting');
      pauses.push(state.inMs);
      t.mock.timers.tick(state.inMs);
    }
    assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 16_000]);
    current().listener.onExit(4);
    assert.equal(supervisor.state.kind, 'failed');
    assert.equal(children.length, 6);
    supervisor.start();
    assert.equal(supervisor.state.kind, 'starting', 'a person may try again');
  });

  it('forgets ends that are long past', (t) => {
    const { supervisor, current } = supervise(t);
    supervisor.start();
    for (let end = 0; end < 20; end += 1) {
      current().listener.onEvent(READY);
      t.mock.timers.tick(1_000);
      t.mock.timers.setTime(Date.now() + 11 * 60_000);
      current().listener.onExit(null);
      assert.deepEqual(supervisor.state, { kind: 'restarting', reason: 'it was killed', inMs: 1_000 });
      t.mock.timers.tick(1_000);
    }
  });

  it('does not start again what a person has to mend', (t) => {
    const { supervisor, current } = supervise(t);
    supervisor.start();
    current().listener.onEvent({ type: 'fatal', message: '--disk: is not a folder' });
    current().listener.onExit(2);
    assert.deepEqual(supervisor.state, { kind: 'failed', reason: '--disk: is not a folder' });
  });

  it('another server that does not say where it is can only be told of', (t) => {
    const { supervisor, current } = supervise(t);
    supervisor.start();
    current().listener.onEvent({ type: 'busy', console: null });
    current().listener.onEvent({ type: 'fatal', message: 'another server runs here' });
    current().listener.onExit(3);
    assert.equal(supervisor.state.kind, 'failed');
  });

  it('kills a server that gives no sign of life, but not one whose machine slept', (t) => {
    const { supervisor, current } = supervise(t);
    supervisor.start();
    current().listener.onEvent(READY);
    for (let ping = 0; ping < 12; ping += 1) {
      t.mock.timers.tick(10_000);
      current().listener.onEvent({ type: 'pong' });
    }
    assert.equal(current().isKilled, false);
    assert.ok(current().sent.every(({ type }) => type === 'ping'));
    t.mock.timers.setTime(Date.now() + 8 * 3_600_000);
    supervisor.resumed();
    t.mock.timers.tick(10_000);
    assert.equal(current().isKilled, false, 'slept');
    t.mock.timers.setTime(Date.now() + 8 * 3_600_000);
    t.mock.timers.tick(10_000);
    assert.equal(current().isKilled, false, 'slept, and the tick came before the word of it');
    for (let tick = 0; tick < 7; tick += 1) t.mock.timers.tick(10_000);
    assert.equal(current().isKilled, true, 'silent');
  });

  it('asks for a clean stop, waits for the end, and kills only what does not come to one', async (t) => {
    const { supervisor, current, states } = supervise(t);
    supervisor.start();
    current().listener.onEvent(READY);
    const stopped = supervisor.stop();
    assert.deepEqual(current().sent.at(-1), { type: 'shutdown', graceMs: 10_000 });
    t.mock.timers.tick(34_000);
    assert.equal(current().isKilled, false);
    t.mock.timers.tick(2_000);
    assert.equal(current().isKilled, true);
    current().listener.onExit(null);
    await stopped;
    assert.deepEqual(states, ['starting', 'running', 'stopped']);
    t.mock.timers.tick(120_000);
    assert.deepEqual(states.at(-1), 'stopped', 'nothing starts it again');
  });

  it('stop during a pause is a stop', async (t) => {
    const { supervisor, children, current } = supervise(t);
    supervisor.start();
    current().listener.onExit(1);
    await supervisor.stop();
    t.mock.timers.tick(120_000);
    assert.equal(children.length, 1);
  });
});

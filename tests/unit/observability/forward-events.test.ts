import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventHub } from '../../../src-server/observability/event-hub.ts';
import { forwardEvents, type PublishedEvent } from '../../../src-server/observability/forward-events.ts';

test('events go on gathered, equal ones once; what waits at the end is sent', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const hub = createEventHub<string>();
  const sent: (readonly PublishedEvent<string>[])[] = [];
  const end = forwardEvents(hub, (events) => sent.push(events));
  for (const event of ['a', 'b', 'a']) hub.publish(event, 'admins');
  hub.publish('a', { userId: 7 });
  assert.deepEqual(sent, []);
  t.mock.timers.tick(100);
  const first = [
    { event: 'a', audience: 'admins' },
    { event: 'b', audience: 'admins' },
    { event: 'a', audience: { userId: 7 } },
  ];
  assert.deepEqual(sent, [first]);
  hub.publish('a', 'admins');
  end();
  hub.publish('b', 'admins');
  t.mock.timers.tick(1000);
  assert.deepEqual(sent, [first, [{ event: 'a', audience: 'admins' }]]);
});

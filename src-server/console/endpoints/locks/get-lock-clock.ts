import { getLockClock } from '../../../contract/object-lock.ts';
import { getLockClock as readLockClock } from '../../../services/locks/lock-clock-state.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentLockClock } from '../../object-lock.ts';

export const getLockClockEndpoint = sessionEndpoint(getLockClock, async (context, { session }) => ({
  status: 200,
  body: presentLockClock(await readLockClock(context, session.identity)),
}));

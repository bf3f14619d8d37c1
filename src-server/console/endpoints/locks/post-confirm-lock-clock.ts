import { postConfirmLockClock } from '../../../contract/object-lock.ts';
import { confirmLockClock } from '../../../services/locks/lock-clock-state.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentLockClock } from '../../object-lock.ts';

export const postConfirmLockClockEndpoint = sessionEndpoint(postConfirmLockClock, async (context, { session }) => ({
  status: 200,
  body: presentLockClock(await confirmLockClock(context, session.identity)),
}));

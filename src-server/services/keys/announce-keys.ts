import type { UserId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** Tells a user and the admins that this user's keys changed. */
export function announceKeys({ events }: ServiceContext, userId: UserId): void {
  events.publish({ kind: 'keys' }, { userId });
  events.publish({ kind: 'keys' }, 'admins');
}

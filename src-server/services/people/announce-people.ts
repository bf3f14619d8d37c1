import type { UserId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** Tells the admins that somebody changed, and the one it is about. */
export function announcePeople({ events }: ServiceContext, userId: UserId): void {
  events.publish({ kind: 'people' }, 'admins');
  events.publish({ kind: 'account' }, { userId });
}

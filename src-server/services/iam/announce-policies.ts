import type { ServiceContext } from '../context.ts';

/** Tells admins that groups or policies changed. */
export function announcePolicies({ events }: ServiceContext): void {
  events.publish({ kind: 'people' }, 'admins');
}

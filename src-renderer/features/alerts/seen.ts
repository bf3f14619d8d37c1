import type { AttentionItem } from '../../../src-server/contract/overview.ts';

/** One alert per cause: what it is known by while it lasts. */
export function alertId({ cause, subject }: Pick<AttentionItem, 'cause' | 'subject'>): string {
  return subject === null ? cause : `${cause} ${subject}`;
}

/** What of `seen` still lasts: a cause that is gone and comes back is a new alert. */
export function stillLasting(seen: readonly string[], current: readonly string[]): string[] {
  return seen.filter((id) => current.includes(id));
}

/** Those of `current` that nobody has seen yet. */
export function unseen(seen: readonly string[], current: readonly string[]): string[] {
  return current.filter((id) => !seen.includes(id));
}

/**
 * Who is told: every admin, those of the whole appliance, those and the admins of one account, one user (by id), or everybody who is
 * signed in. What names something of an account goes to no other account's admins.
 */
export type EventAudience =
  | 'admins'
  | 'operators'
  | 'everybody'
  | { readonly adminsOf: string }
  | { readonly userId: number };

export type EventListener<E> = (event: E, audience: EventAudience) => void;

/** Tells those who listen on this thread what happened. Nothing is kept: who was not there asks. */
export interface EventHub<E> {
  publish(event: E, audience: EventAudience): void;
  /** Returns what ends it. */
  subscribe(listener: EventListener<E>): () => void;
}

export function createEventHub<E>(): EventHub<E> {
  const listeners = new Set<EventListener<E>>();
  return {
    publish: (event, audience) => {
      for (const listener of listeners) listener(event, audience);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

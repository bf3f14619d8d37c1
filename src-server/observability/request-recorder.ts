import { clientProgram } from '../domain/client-program.ts';
import { type Contact, ContactCounter } from './contacts.ts';
import { type RequestFacts, RequestRing, type RingClient, type SeenPage } from './request-ring.ts';

const USER_AGENT_LENGTH_MAX = 256;
const CLIENTS_MAX = 256;

/** What one HTTP thread remembers of the requests it answered. */
export interface RequestRecorder {
  record(facts: RequestFacts, userAgent: string | undefined): void;
  /** See `RequestRing.after`. */
  after(sequence: number): SeenPage;
  takeContacts(): Contact[];
}

/** @param now epoch milliseconds */
export function createRequestRecorder(now: () => number = Date.now): RequestRecorder {
  const ring = new RequestRing();
  const contacts = new ContactCounter();
  let clients = new Map<string, RingClient>();
  const clientOf = (userAgent: string): RingClient => {
    const known = clients.get(userAgent);
    if (known !== undefined) return known;
    if (clients.size >= CLIENTS_MAX) clients = new Map();
    const shown = printable(userAgent);
    const client = { program: clientProgram(shown), userAgent: shown };
    clients.set(userAgent, client);
    return client;
  };
  return {
    record: (facts, userAgent = '') => {
      const client = clientOf(userAgent);
      const atMs = now();
      ring.record(facts, client, atMs);
      contacts.record(facts, client, atMs);
    },
    after: (sequence) => ring.after(sequence),
    takeContacts: () => contacts.take(),
  };
}

/** At most so much of a header, without what a terminal or a page would obey. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.slice(0, USER_AGENT_LENGTH_MAX).replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

import type { ShareFacts } from '../../../src-server/contract/shares.ts';

/** The whole address of a link: by the origin that was set, else by the one this page came from. */
export function linkOf(path: string, facts: ShareFacts | undefined): string {
  return `${facts?.baseUrl ?? location.origin}${path}`;
}

/** Would the link open on this computer only? */
export function opensHereOnly(facts: ShareFacts | undefined): boolean {
  if (facts === undefined || facts.baseUrl !== null) return false;
  return facts.isLoopbackOnly || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);
}

import type { AccessDecision, AccessReason } from '../contract/access.ts';
import type { Decision, Reason } from '../domain/policy/decide.ts';

const EFFECTS = { Allow: 'allow', ImplicitDeny: 'implicit-deny', ExplicitDeny: 'explicit-deny' } as const;

/** A decision about access as the console shows it. */
export function presentDecision({ effect, reason }: Decision): AccessDecision {
  return { effect: EFFECTS[effect], reason: presentReason(reason) };
}

/** What decided, as the console shows it. */
export function presentReason(reason: Reason): AccessReason {
  if (reason.kind !== 'statement') return reason;
  return { ...reason, sid: reason.sid ?? null };
}

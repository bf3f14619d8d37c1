import type { SeenRequest } from '../../observability/request-ring.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';

/** The last requests of all threads, newest first. Throws AccessDenied for who does not operate the appliance. */
export async function recentRequests(context: ServiceContext, identity: Identity): Promise<SeenRequest[]> {
  await requireOperator(context, identity);
  return context.requests.recent();
}

/** Throws AccessDenied for who does not operate the appliance. */
export async function requireOperator(context: ServiceContext, identity: Identity): Promise<void> {
  await authorize(context, { identity, iamAction: 'stowage:ReadAppliance' });
}

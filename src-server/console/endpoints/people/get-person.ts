import { getPerson } from '../../../contract/people.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { findPerson } from '../../../services/people/find-person.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentPersonDetails } from '../../present-person.ts';

export const getPersonEndpoint = sessionEndpoint(getPerson, async (context, { session, params }) => {
  const { identity } = session;
  await authorize(context, { identity, iamAction: 'iam:GetUser' });
  const found = await findPerson(context, identity, params.name ?? '');
  return { status: 200, body: presentPersonDetails(found, identity.userId, context.now()) };
});

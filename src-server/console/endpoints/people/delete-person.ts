import { deletePerson, deletePersonQuerySchema } from '../../../contract/people.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { deletePerson as removePerson } from '../../../services/people/delete-person.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deletePersonEndpoint = sessionEndpoint(deletePerson, async (context, { session, params, query, log }) => {
  const { handBucketsTo } = deletePersonQuerySchema.parse(query);
  const { identity } = session;
  const user = params.name ?? '';
  await authorize(context, { identity, iamAction: 'iam:DeleteUser' });
  await removePerson(context, identity, user, handBucketsTo);
  log.info({ by: identity.name, user, heir: handBucketsTo }, 'a user was deleted');
  return { status: 204, body: undefined };
});

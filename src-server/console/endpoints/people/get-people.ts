import { getPeople } from '../../../contract/people.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listPeople } from '../../../services/people/list-people.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentPerson } from '../../present-person.ts';

export const getPeopleEndpoint = sessionEndpoint(getPeople, async (context, { session }) => {
  const { identity } = session;
  await authorize(context, { identity, iamAction: 'iam:ListUsers' });
  const { people, tenants } = await listPeople(context, identity);
  const nowMs = context.now();
  return { status: 200, body: { people: people.map((row) => presentPerson(row, identity.userId, nowMs)), tenants } };
});

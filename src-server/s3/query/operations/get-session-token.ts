import { Failure } from '../../../domain/failure.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { getSessionToken as open } from '../../../services/sts/get-session-token.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { credentialsXml } from '../credentials-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Gives the caller temporary credentials of its own. */
export async function getSessionToken(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  if (parameters.get('SerialNumber') !== undefined || parameters.get('TokenCode') !== undefined)
    throw new Failure('AccessDenied', 'MultiFactorAuthentication is not available here');
  const credentials = await open(context, identity, parameters.integer('DurationSeconds'));
  return wrap('Credentials', credentialsXml(credentials));
}

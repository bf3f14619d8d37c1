import { Failure } from '../../../domain/failure.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { assumeRole as assume } from '../../../services/sts/assume-role.ts';
import { element, optionalElement, wrap } from '../../xml/xml-writer.ts';
import { credentialsXml } from '../credentials-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { readTags } from '../read-tags.ts';

/** Gives out temporary credentials of a role. */
export async function assumeRole(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  if (parameters.get('SerialNumber') !== undefined || parameters.get('TokenCode') !== undefined)
    throw new Failure('AccessDenied', 'MultiFactorAuthentication is not available here');
  const durationSeconds = parameters.integer('DurationSeconds');
  const assumed = await assume(context, identity, {
    roleArn: parameters.required('RoleArn'),
    sessionName: parameters.required('RoleSessionName'),
    durationSeconds,
    policies: {
      inline: parameters.get('Policy'),
      arns: parameters.structures('PolicyArns').map((one) => one.get('arn') ?? ''),
    },
    tags: { tags: readTags(parameters, 'Tags'), transitiveKeys: parameters.list('TransitiveTagKeys') },
    externalId: parameters.get('ExternalId'),
    sourceIdentity: parameters.get('SourceIdentity'),
  });
  const user = element('AssumedRoleId', assumed.uniqueId) + element('Arn', assumed.arn);
  return (
    wrap('Credentials', credentialsXml(assumed.credentials)) +
    wrap('AssumedRoleUser', user) +
    optionalElement('SourceIdentity', assumed.sourceIdentity)
  );
}

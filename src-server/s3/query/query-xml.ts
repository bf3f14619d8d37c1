import type { Failure, FailureCode } from '../../domain/failure.ts';
import { ERROR_FACTS } from '../errors/codes.ts';
import { element, plainXmlDocument, wrap } from '../xml/xml-writer.ts';

const NAMESPACES = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
} as const;
export type QueryService = keyof typeof NAMESPACES;

/** IAM and STS say some things in other words than S3. */
const CODES: Readonly<Partial<Record<FailureCode, string>>> = {
  InvalidAccessKeyId: 'InvalidClientTokenId',
  InvalidToken: 'InvalidClientTokenId',
  AuthorizationHeaderMalformed: 'IncompleteSignature',
  InternalError: 'ServiceFailure',
};

/** The answer of an action that worked. */
export function queryAnswer(
  service: QueryService,
  action: string,
  result: string | undefined,
  requestId: string,
): string {
  const inner = result === undefined ? '' : wrap(`${action}Result`, result);
  const metadata = wrap('ResponseMetadata', element('RequestId', requestId));
  return named(`${action}Response`, service, inner + metadata);
}

/** An error in the form of the query APIs. */
export function queryError(service: QueryService, failure: Failure, requestId: string): string {
  const { status, message } = ERROR_FACTS[failure.code];
  const error =
    element('Type', status >= 500 ? 'Receiver' : 'Sender') +
    element('Code', CODES[failure.code] ?? failure.code) +
    element('Message', failure.message === '' ? message : failure.message);
  return named('ErrorResponse', service, wrap('Error', error) + element('RequestId', requestId));
}

function named(root: string, service: QueryService, inner: string): string {
  return plainXmlDocument(root, inner).replace(`<${root}>`, `<${root} xmlns="${NAMESPACES[service]}">`);
}

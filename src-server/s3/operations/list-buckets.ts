import { Failure } from '../../domain/failure.ts';
import { requireUser } from '../../services/access/require-user.ts';
import { listBuckets as listBucketPage } from '../../services/buckets/list-buckets.ts';
import { xmlResponse } from '../http/respond.ts';
import type { S3Request, ServiceOperation } from '../operation.ts';
import { listAllMyBucketsXml } from '../xml/shapes/list-all-my-buckets-result.ts';

/** AWS's largest page, and ours where the request names none. */
const MAX_BUCKETS = 10_000;
const MAX_TOKEN_LENGTH = 1024;
const PARAMETERS = ['max-buckets', 'prefix', 'continuation-token', 'bucket-region'] as const;

/** ListBuckets: buckets by name, in pages where there are many or the caller asks for pages. */
export const listBuckets: ServiceOperation = async (context, request) => {
  const query = request.query;
  const user = requireUser(request.identity);
  const prefix = query.get('prefix');
  const after = parseToken(query.get('continuation-token'));
  const limit = parseMaxBuckets(query.get('max-buckets'));
  const page = isElsewhere(request, context.config.region)
    ? { buckets: [], isTruncated: false }
    : await listBucketPage(context, request.identity, { after, prefix: prefix ?? '', limit });
  const last = page.buckets.at(-1);
  return xmlResponse(
    listAllMyBucketsXml({
      owner: user,
      // AWS shows the region as soon as the request has any of the parameters of the paged form.
      region: PARAMETERS.some((name) => query.has(name)) ? context.config.region : undefined,
      buckets: page.buckets,
      prefix,
      continuationToken: page.isTruncated && last !== undefined ? toToken(last.name) : undefined,
    }),
  );
};

/** Every bucket is in the one region of this server. */
function isElsewhere(request: Pick<S3Request, 'query'>, region: string): boolean {
  const wanted = request.query.get('bucket-region');
  return wanted !== undefined && wanted !== '' && wanted !== region;
}

function parseMaxBuckets(text: string | undefined): number {
  if (text === undefined) return MAX_BUCKETS;
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > MAX_BUCKETS) {
    throw invalidArgument('max-buckets', text, `Argument max-buckets must be an integer between 1 and ${MAX_BUCKETS}`);
  }
  return value;
}

function toToken(name: string): string {
  return Buffer.from(name).toString('base64url');
}

/** The name to go on after. Any text is one, so a made-up token finds no more than the caller may list. */
function parseToken(token: string | undefined): string {
  if (token === undefined) return '';
  const name = Buffer.from(token, 'base64url').toString();
  if (token.length > MAX_TOKEN_LENGTH || name === '' || toToken(name) !== token) {
    throw invalidArgument('continuation-token', token, 'The continuation token provided is incorrect');
  }
  return name;
}

function invalidArgument(name: string, value: string, message: string): Failure {
  return new Failure('InvalidArgument', message, { fields: { ArgumentName: name, ArgumentValue: value } });
}

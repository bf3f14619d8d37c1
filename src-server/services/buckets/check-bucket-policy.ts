import { Failure } from '../../domain/failure.ts';
import { isKnownConditionKey } from '../../domain/policy/condition-keys.ts';
import { type PolicyDocument, PolicySyntaxError, parsePolicy } from '../../domain/policy/policy-document.ts';
import type { Statement } from '../../domain/policy/statement.ts';
import { matchesPattern, type Pattern } from '../../domain/policy/wildcard.ts';
import { S3_ACTIONS } from '../access/action-classes.ts';

/** Actions that policies of AWS name and that nothing here asks for: S3's own services do. */
const SERVICE_ACTIONS = [
  's3:GetObjectVersionForReplication',
  's3:InitiateReplication',
  's3:ListTagsForResource',
  's3:ObjectOwnerOverrideToBucketOwner',
  's3:ReplicateDelete',
  's3:ReplicateObject',
  's3:ReplicateTags',
  's3:TagResource',
  's3:UntagResource',
];
const BUCKET_ACTIONS_ABOUT_OBJECTS = /BucketObjectLock|ListTagsForResource|TagResource$/i;
const OBJECT_ACTIONS =
  /Object|^s3:(AbortMultipartUpload|ListMultipartUploadParts|BypassGovernanceRetention|Replicate)/i;
const OF_ACCOUNT: ReadonlySet<string> = new Set(['s3:ListAllMyBuckets']);

interface KnownAction {
  /** In lower case, as patterns are. */
  readonly name: string;
  readonly isOnObject: boolean;
}

const ACTIONS: readonly KnownAction[] = [...S3_ACTIONS, ...SERVICE_ACTIONS]
  .filter((action) => !OF_ACCOUNT.has(action))
  .map((action) => ({
    name: action.toLowerCase(),
    isOnObject: OBJECT_ACTIONS.test(action) && !BUCKET_ACTIONS_ABOUT_OBJECTS.test(action),
  }));

/**
 * Reads the text of a bucket policy as PutBucketPolicy does: S3's actions, resources inside of this bucket, conditions that we know.
 * What we cannot judge would lock out or let in whom nobody meant. Throws MalformedPolicy with AWS's sentences.
 */
export function checkBucketPolicy(text: string, bucketName: string): PolicyDocument {
  if (!text.trimStart().startsWith('{')) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  const document = parse(text);
  for (const statement of document.statements) {
    checkConditions(statement);
    checkResources(statement, bucketName);
    checkActions(statement, bucketName);
  }
  return document;
}

function parse(text: string): PolicyDocument {
  try {
    return parsePolicy(text, 'bucket');
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    const [, missing] = /is missing the required element (\w+)$/.exec(error.message) ?? [];
    throw malformed(missing === undefined ? error.message : `Missing required field ${missing}`);
  }
}

function malformed(message: string): Failure {
  return new Failure('MalformedPolicy', message);
}

function checkConditions({ conditions }: Statement): void {
  for (const { key } of conditions) {
    const name = key.toLowerCase();
    if (!/^(s3|aws):/.test(name) || !isKnownConditionKey(name)) {
      throw malformed('Policy has an invalid condition key');
    }
  }
}

/** `arn:aws:s3:::BUCKET`, something in it, or an open end right behind the name. */
function checkResources({ resource }: Statement, bucketName: string): void {
  for (const pattern of resource?.entries ?? []) {
    if (pattern.kind === 'every' || levelOf(pattern.source, bucketName) === undefined) {
      throw malformed('Policy has invalid resource');
    }
  }
}

type Level = 'bucket' | 'object' | 'both';

function levelOf(source: string, bucketName: string): Level | undefined {
  const own = `arn:aws:s3:::${bucketName}`;
  if (!source.startsWith(own)) return undefined;
  const rest = source.slice(own.length);
  if (rest === '') return 'bucket';
  if (rest.startsWith('/')) return 'object';
  return rest.startsWith('*') ? 'both' : undefined;
}

function checkActions({ action, resource }: Statement, bucketName: string): void {
  const levels = (resource?.entries ?? []).map((one) =>
    one.kind === 'every' ? 'both' : levelOf(one.source, bucketName),
  );
  const isOpen = action.not || resource?.not === true;
  for (const pattern of action.entries) {
    const meant = knownActions(pattern);
    if (meant.length === 0) throw malformed('Policy has invalid action');
    const applies = meant.some(({ isOnObject }) =>
      levels.some((level) => level === 'both' || level === (isOnObject ? 'object' : 'bucket')),
    );
    if (!applies && !isOpen) throw malformed('Action does not apply to any resource(s) in statement');
  }
}

function knownActions(pattern: Pattern): readonly KnownAction[] {
  return ACTIONS.filter(({ name }) => matchesPattern(pattern, name));
}

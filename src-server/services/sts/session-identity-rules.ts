import { Failure } from '../../domain/failure.ts';
import type { IamTags } from '../../domain/iam-rules.ts';
import type { IamCaller } from '../iam/iam-scope.ts';

/** STS API reference, AssumeRole. */
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/** @throws Failure ValidationError */
export function checkSessionName(name: string, parameter: 'roleSessionName' | 'sourceIdentity'): string {
  if (SESSION_NAME.test(name)) return name;
  throw new Failure('ValidationError', `The specified value for ${parameter} is invalid.`);
}

/** @throws Failure ValidationError */
export function checkExternalId(externalId: string | undefined): string | undefined {
  if (externalId === undefined || EXTERNAL_ID.test(externalId)) return externalId;
  throw new Failure('ValidationError', 'The specified value for externalId is invalid.');
}

/** The source identity of a new session: once set it stays, whatever roles follow. @throws Failure AccessDenied, ValidationError */
export function nextSourceIdentity(caller: IamCaller, wanted: string | undefined): string | null {
  const stands = caller.session?.facts.sourceIdentity ?? null;
  if (wanted === undefined) return stands;
  if (stands !== null && stands !== wanted) throw new Failure('AccessDenied');
  return checkSessionName(wanted, 'sourceIdentity');
}

/** Tags of a new session, and which of them the session after it has too. */
export interface SessionTags {
  readonly tags: IamTags;
  readonly transitiveKeys: readonly string[];
}

/** The tags that are asked for and those that the caller's session hands on, which nobody overrides. @throws Failure ValidationError */
export function nextSessionTags(caller: IamCaller, wanted: SessionTags): SessionTags {
  const before = caller.session?.facts;
  const handedOn: Record<string, string> = {};
  for (const key of before?.transitiveTagKeys ?? []) handedOn[key] = before?.tags[key] ?? '';
  const fixed = new Set(Object.keys(handedOn).map((key) => key.toLowerCase()));
  if (Object.keys(wanted.tags).some((key) => fixed.has(key.toLowerCase())))
    throw new Failure(
      'ValidationError',
      'One of the specified transitive tag keys can’t be set because it conflicts with a transitive tag key from the calling session.',
    );
  if (wanted.transitiveKeys.some((key) => !Object.hasOwn(wanted.tags, key)))
    throw new Failure('ValidationError', 'The specified transitive tag key must be included in the requested tags.');
  return {
    tags: { ...wanted.tags, ...handedOn },
    transitiveKeys: [...wanted.transitiveKeys, ...Object.keys(handedOn)],
  };
}

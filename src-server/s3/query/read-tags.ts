import { checkIamTags, type IamTags } from '../../domain/iam-rules.ts';
import type { QueryParameters } from './query-operation.ts';

/** `Tags.member.N.Key` and `.Value`. @throws Failure ValidationError, LimitExceeded */
export function readTags(parameters: QueryParameters, name: string): IamTags {
  return checkIamTags(
    parameters.structures(name).map((tag) => ({ key: tag.get('Key') ?? '', value: tag.get('Value') ?? '' })),
  );
}

import type { CorsRule } from './bucket-settings.ts';
import { Failure } from './failure.ts';

/** AWS's limit on the rules of a bucket. */
export const MAX_CORS_RULES = 100;

/**
 * Checks CORS rules beyond their shape (AmazonS3/latest/userguide/ManageCorsUsing): an origin or allowed header holds at
 * most one `*`, an exposed header none. Throws InvalidRequest.
 */
export function checkCorsRules(rules: readonly CorsRule[]): void {
  for (const rule of rules) {
    for (const origin of rule.allowedOrigins) checkWildcards('AllowedOrigin', origin);
    for (const header of rule.allowedHeaders) checkWildcards('AllowedHeader', header);
    for (const header of rule.exposeHeaders) {
      if (!header.includes('*')) continue;
      throw new Failure(
        'InvalidRequest',
        `ExposeHeader "${header}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
      );
    }
  }
}

function checkWildcards(element: string, value: string): void {
  if (value.indexOf('*') !== value.lastIndexOf('*')) {
    throw new Failure('InvalidRequest', `${element} "${value}" can not have more than one wildcard.`);
  }
}

import type { CorsRule } from '../../domain/bucket-settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { S3Response } from '../operation.ts';
import { emptyResponse } from './respond.ts';

const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/** What a browser asks in a preflight. */
export interface Preflight {
  readonly origin: string;
  readonly method: string;
  /** Header names, in lower case. */
  readonly headers: readonly string[];
}

/**
 * The CORS headers of an ordinary answer, or undefined where no rule allows the origin and the method: the first rule that
 * fits decides (AmazonS3/latest/userguide/cors, "How CORS works").
 */
export function corsHeaders(
  rules: readonly CorsRule[],
  origin: string,
  method: string,
): Record<string, string> | undefined {
  for (const rule of rules) {
    const allowed = allowedOrigin(rule, origin);
    if (allowed !== undefined && rule.allowedMethods.some((name) => name === method)) {
      return presented(rule, allowed, rule.exposeHeaders);
    }
  }
  return undefined;
}

/** The answer to a preflight. Throws AccessDenied where no rule allows it. */
export function answerPreflight(rules: readonly CorsRule[], preflight: Preflight): S3Response {
  if (rules.length === 0) throw new Failure('AccessDenied', 'CORSResponse: CORS is not enabled for this bucket.');
  for (const rule of rules) {
    const allowed = allowedOrigin(rule, preflight.origin);
    if (allowed === undefined || !rule.allowedMethods.some((name) => name === preflight.method)) continue;
    if (!preflight.headers.every((name) => rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name))))
      continue;
    const headers = presented(rule, allowed, rule.exposeHeaders);
    if (preflight.headers.length > 0) headers['Access-Control-Allow-Headers'] = preflight.headers.join(', ');
    return emptyResponse(200, headers);
  }
  throw new Failure(
    'AccessDenied',
    'CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource’s CORS spec.',
  );
}

/** Reads a preflight's headers. Throws BadRequest where it lacks an origin or a method. */
export function readPreflight(header: (name: string) => string | undefined): Preflight {
  const origin = header('origin');
  const method = header('access-control-request-method');
  if (!origin) throw new Failure('BadRequest', 'Insufficient information. Origin request header needed.');
  if (!method) throw new Failure('BadRequest', 'Invalid Access-Control-Request-Method: null');
  const headers = (header('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  return { origin, method, headers };
}

function presented(rule: CorsRule, allowed: string, expose: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {
    'Access-Control-Allow-Origin': allowed,
    'Access-Control-Allow-Methods': rule.allowedMethods.join(', '),
    Vary: VARY,
  };
  if (allowed !== '*') headers['Access-Control-Allow-Credentials'] = 'true';
  if (expose.length > 0) headers['Access-Control-Expose-Headers'] = expose.join(', ');
  if (rule.maxAgeSeconds !== undefined) headers['Access-Control-Max-Age'] = String(rule.maxAgeSeconds);
  return headers;
}

/** `*` where the rule says so, the origin itself where a pattern fits it. */
function allowedOrigin(rule: CorsRule, origin: string): string | undefined {
  for (const pattern of rule.allowedOrigins) {
    if (pattern === '*') return '*';
    if (matches(pattern, origin)) return origin;
  }
  return undefined;
}

/** One `*` at most, which stands for any text. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  return (
    text.length >= pattern.length - 1 &&
    text.startsWith(pattern.slice(0, star)) &&
    text.endsWith(pattern.slice(star + 1))
  );
}

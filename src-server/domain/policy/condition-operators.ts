import { type ArnPattern, matchesArn, parseArnPattern } from './arn.ts';
import type { ConditionContext } from './context.ts';
import { type IpRange, parseIpRange } from './ip-range.ts';
import { parseTemplate, patternOf, type Template, textOf } from './variables.ts';
import { matchesPattern } from './wildcard.ts';

/** One value of a condition, compiled: does a value of the request match it? Undefined: the request's value makes no sense. */
export type ValueTest = (candidate: string, context: ConditionContext) => boolean | undefined;

/** How an operator reads the policy's values; undefined for a value that it cannot take. */
export interface OperatorFacts {
  readonly compile: (value: string, withVariables: boolean) => ValueTest | undefined;
  /** `…Not…`: holds where none of the policy's values matches, and where the request has no such key. */
  readonly isNegated: boolean;
}

/** IAM user guide, "Condition operators". `Null` is not here: it asks whether the key is there at all. */
const OPERATORS: ReadonlyMap<string, OperatorFacts> = new Map<string, OperatorFacts>([
  ['StringEquals', { compile: equalText, isNegated: false }],
  ['StringNotEquals', { compile: equalText, isNegated: true }],
  ['StringEqualsIgnoreCase', { compile: equalTextIgnoringCase, isNegated: false }],
  ['StringNotEqualsIgnoreCase', { compile: equalTextIgnoringCase, isNegated: true }],
  ['StringLike', { compile: likeText, isNegated: false }],
  ['StringNotLike', { compile: likeText, isNegated: true }],
  ['NumericEquals', { compile: numeric((a, b) => a === b), isNegated: false }],
  ['NumericNotEquals', { compile: numeric((a, b) => a === b), isNegated: true }],
  ['NumericLessThan', { compile: numeric((a, b) => a < b), isNegated: false }],
  ['NumericLessThanEquals', { compile: numeric((a, b) => a <= b), isNegated: false }],
  ['NumericGreaterThan', { compile: numeric((a, b) => a > b), isNegated: false }],
  ['NumericGreaterThanEquals', { compile: numeric((a, b) => a >= b), isNegated: false }],
  ['DateEquals', { compile: dated((a, b) => a === b), isNegated: false }],
  ['DateNotEquals', { compile: dated((a, b) => a === b), isNegated: true }],
  ['DateLessThan', { compile: dated((a, b) => a < b), isNegated: false }],
  ['DateLessThanEquals', { compile: dated((a, b) => a <= b), isNegated: false }],
  ['DateGreaterThan', { compile: dated((a, b) => a > b), isNegated: false }],
  ['DateGreaterThanEquals', { compile: dated((a, b) => a >= b), isNegated: false }],
  ['Bool', { compile: bool, isNegated: false }],
  ['BinaryEquals', { compile: binary, isNegated: false }],
  ['IpAddress', { compile: ipAddress, isNegated: false }],
  ['NotIpAddress', { compile: ipAddress, isNegated: true }],
  ['ArnEquals', { compile: arnLike, isNegated: false }],
  ['ArnLike', { compile: arnLike, isNegated: false }],
  ['ArnNotEquals', { compile: arnLike, isNegated: true }],
  ['ArnNotLike', { compile: arnLike, isNegated: true }],
]);

/** The operator of this name, as AWS spells it; undefined for one that does not exist. */
export function findOperator(name: string): OperatorFacts | undefined {
  return OPERATORS.get(name);
}

/** A value that depends on the request is compiled when there is one; one that does not, once. */
function templated(
  value: string,
  withVariables: boolean,
  test: (template: Template) => ValueTest,
): ValueTest | undefined {
  const template = parseTemplate(value, withVariables);
  return template === undefined ? undefined : test(template);
}

function equalText(value: string, withVariables: boolean): ValueTest | undefined {
  return templated(value, withVariables, (template) => (candidate, context) => textOf(template, context) === candidate);
}

function equalTextIgnoringCase(value: string, withVariables: boolean): ValueTest | undefined {
  return templated(value, withVariables, (template) => (candidate, context) => {
    return textOf(template, context)?.toLowerCase() === candidate.toLowerCase();
  });
}

function likeText(value: string, withVariables: boolean): ValueTest | undefined {
  return templated(value, withVariables, (template) => (candidate, context) => {
    const pattern = patternOf(template, context);
    return pattern !== undefined && matchesPattern(pattern, candidate);
  });
}

function numeric(holds: (candidate: number, value: number) => boolean): OperatorFacts['compile'] {
  return (text) => {
    const value = parseNumber(text);
    if (value === undefined) return undefined;
    return (candidate) => {
      const number = parseNumber(candidate);
      return number === undefined ? undefined : holds(number, value);
    };
  };
}

function parseNumber(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function dated(holds: (candidate: number, value: number) => boolean): OperatorFacts['compile'] {
  return (text) => {
    const value = parseDate(text);
    if (value === undefined) return undefined;
    return (candidate) => {
      const date = parseDate(candidate);
      return date === undefined ? undefined : holds(date, value);
    };
  };
}

const ISO_8601 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const MS_PER_SECOND = 1000;

/** ISO 8601, or seconds of the epoch, in milliseconds. */
function parseDate(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * MS_PER_SECOND;
  if (!ISO_8601.test(text)) return undefined;
  const isLocal = text.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(text);
  const ms = Date.parse(isLocal ? `${text}Z` : text);
  return Number.isNaN(ms) ? undefined : ms;
}

function bool(text: string): ValueTest | undefined {
  const value = text.toLowerCase();
  if (value !== 'true' && value !== 'false') return undefined;
  return (candidate) => candidate.toLowerCase() === value;
}

function binary(text: string): ValueTest | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return (candidate) => candidate === text;
}

function ipAddress(text: string): ValueTest | undefined {
  const range: IpRange | undefined = parseIpRange(text);
  return range === undefined ? undefined : (candidate) => range.contains(candidate);
}

function arnLike(text: string, withVariables: boolean): ValueTest | undefined {
  const pattern: ArnPattern | undefined = parseArnPattern(text, withVariables);
  return pattern === undefined ? undefined : (candidate, context) => matchesArn(pattern, candidate, context);
}

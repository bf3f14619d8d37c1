import { Failure } from './failure.ts';

/** AWS's old names of regions, still valid as location constraints. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['EU', 'eu-west-1'],
  ['US', 'us-east-1'],
]);
const REGION_SHAPE = /^[a-z]{2}(-[a-z]+)+-\d$/;
/** The one region without a location constraint. */
const UNCONSTRAINED_REGION = 'us-east-1';

/**
 * Checks a LocationConstraint. Every bucket is in this server's one region, so that is the only place that can be asked
 * for; naming none is right in every region, since there is no other choice (AWS refuses that outside of us-east-1).
 * Throws IllegalLocationConstraintException for another region, InvalidLocationConstraint for what is none.
 *
 * @returns the constraint to store, null where none was named
 */
export function checkLocationConstraint(constraint: string | undefined, region: string): string | null {
  if (constraint === undefined || constraint === '') return null;
  if (constraint === region || ALIASES.get(constraint) === region) return constraint;
  if (!ALIASES.has(constraint) && !REGION_SHAPE.test(constraint)) {
    throw new Failure('InvalidLocationConstraint', undefined, { fields: { LocationConstraint: constraint } });
  }
  throw new Failure(
    'IllegalLocationConstraintException',
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

/** What GetBucketLocation shows: undefined in us-east-1, the alias a bucket was made with, else the region. */
export function shownLocation(stored: string | null, region: string): string | undefined {
  if (region === UNCONSTRAINED_REGION) return undefined;
  return stored !== null && ALIASES.get(stored) === region ? stored : region;
}

import * as z from 'zod';
import { ConfigError } from '../config/config-error.ts';
import { firstIssue, jsonPath } from '../config/issues.ts';

const VARIABLE = 'STOWAGE_DEBUG_LIMITS';
const positive = z.exactOptional(z.int().positive());
const notNegative = z.exactOptional(z.int().nonnegative());

const debugLimitsSchema = z.strictObject({
  /** Of the engine, see EngineLimits. */
  engine: z
    .strictObject({
      segmentBytes: positive,
      recordBytes: positive,
      walBytes: positive,
      checkpointBytes: positive,
      checkpointPauseMs: notNegative,
      housekeepingMs: positive,
    })
    .default({}),
  /** Length at which a segment of a tier ends. */
  tierSegmentBytes: positive,
  /** No background job rests longer. */
  jobRestMs: positive,
  /** How long an emptied segment of a tier waits for its readers. */
  readersDrainMs: notNegative,
});

export type DebugLimits = z.infer<typeof debugLimitsSchema>;

/**
 * Small limits for tests (`STOWAGE_DEBUG=1` and a JSON object in `STOWAGE_DEBUG_LIMITS`), so that what happens once a day or
 * after 256 MiB in service happens every second under attack. Undefined in service.
 *
 * @throws ConfigError where the variable holds anything else
 */
export function debugLimits(debug: boolean, env: NodeJS.ProcessEnv): DebugLimits | undefined {
  const text = env[VARIABLE];
  if (text === undefined || !debug) return undefined;
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new ConfigError(VARIABLE, 'a JSON object is wanted');
  }
  const parsed = debugLimitsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = firstIssue(parsed.error);
  throw new ConfigError(`${VARIABLE} ${jsonPath(path)}`, message);
}

import pino, { type Bindings, type ChildLoggerOptions, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { prettyDestination } from './pretty.ts';
import { redact } from './redact.ts';

/** Structured logger; every line of a request carries its request id. Made in one place, `createLogger`. */
export type Logger = Pick<PinoLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child'>;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  readonly format: 'json' | 'pretty';
  readonly level?: LogLevel;
  /** For tests; else stderr, because stdout belongs to the ready line. */
  readonly destination?: DestinationStream;
}

/**
 * The process's (or thread's) root logger. Lines are written at once, so that the last line before a crash is there.
 * Every field goes through the redactor.
 */
export function createLogger({ format, level = 'info', destination }: LoggerOptions): Logger {
  const stderr = destination ?? pino.destination({ dest: 2, sync: true });
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // The redactor writes errors itself, so pino's own serializer must not run after it.
      serializers: { err: (error: unknown) => error },
      formatters: {
        level: (label) => ({ level: label }),
        log: redactFields,
      },
    },
    format === 'pretty' ? prettyDestination(stderr) : stderr,
  );
  // pino gives the fields of a child to no formatter; children inherit this method.
  const makeChild = logger.child;
  return Object.assign(logger, {
    child(this: PinoLogger, fields: Bindings, options?: ChildLoggerOptions): PinoLogger {
      return Reflect.apply(makeChild, this, [redactFields(fields), options]);
    },
  });
}

function redactFields(fields: object): Record<string, unknown> {
  const redacted = redact(fields);
  return typeof redacted === 'object' && redacted !== null ? Object.fromEntries(Object.entries(redacted)) : {};
}

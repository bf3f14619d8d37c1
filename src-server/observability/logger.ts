import pino, { type Bindings, type ChildLoggerOptions, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { prettyDestination } from './pretty.ts';
import { redact } from './redact.ts';

/** Structured logger; every line of a request carries its request id. Made in one place, `createLogger`. */
export type Logger = Pick<
  PinoLogger,
  'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child' | 'isLevelEnabled'
>;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  readonly format: 'json' | 'pretty';
  readonly level?: LogLevel;
  /** For tests; else stderr, because stdout belongs to the ready line. */
  readonly destination?: DestinationStream;
  /** Is also given each line, as JSON, redacted like all of them. */
  readonly onLine?: (line: string) => void;
}

/**
 * The process's (or thread's) root logger. Lines are written at once, so that the last line before a crash is there.
 * Every field goes through the redactor.
 */
export function createLogger({ format, level = 'info', destination, onLine }: LoggerOptions): Logger {
  const stderr = destination ?? pino.destination({ dest: 2, sync: true });
  const shown = format === 'pretty' ? prettyDestination(stderr) : stderr;
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
    onLine === undefined ? shown : teed(shown, onLine),
  );
  // pino gives the fields of a child to no formatter; children inherit this method.
  const makeChild = logger.child;
  return Object.assign(logger, {
    child(this: PinoLogger, fields: Bindings, options?: ChildLoggerOptions): PinoLogger {
      return Reflect.apply(makeChild, this, [redactFields(fields), options]);
    },
  });
}

function teed(shown: DestinationStream, onLine: (line: string) => void): DestinationStream {
  return {
    write: (line) => {
      shown.write(line);
      onLine(line);
    },
  };
}

function redactFields(fields: object): Record<string, unknown> {
  const redacted = redact(fields);
  return typeof redacted === 'object' && redacted !== null ? Object.fromEntries(Object.entries(redacted)) : {};
}

import type { Logger as PinoLogger } from 'pino';

/** Structured logger; every line of a request carries its request id. Made in one place, `createLogger`. */
export type Logger = Pick<PinoLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child'>;

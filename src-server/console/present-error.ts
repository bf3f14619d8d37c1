import * as z from 'zod';
import type { ErrorBody } from '../contract/error.ts';
import { type FailureCode, isFailure } from '../domain/failure.ts';
import { ConsoleError } from './endpoint.ts';
import { FAILURE_FACTS } from './failure-facts.ts';

/** The sentence of a failure that says none itself. */
export function messageOf(code: FailureCode): string {
  return FAILURE_FACTS[code]?.message ?? code;
}

export interface PresentedError {
  readonly status: number;
  readonly body: ErrorBody;
  /** Nobody declared it: a bug, to be logged with its stack. */
  readonly isBug: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Turns whatever was thrown into the one error shape. What nobody declared says nothing about itself. */
export function presentError(error: unknown, requestId: string): PresentedError {
  const present = (status: number, code: string, message: string, path?: string): PresentedError => ({
    status,
    body: { error: { code, message, requestId, ...(path === undefined ? {} : { path }) } },
    isBug: false,
    headers: {},
  });
  if (error instanceof ConsoleError) {
    // The one 401 that a browser or scraper can answer with what the header names.
    const headers = error.code === 'Unauthorized' ? { 'www-authenticate': 'Bearer' } : error.headers;
    return { ...present(error.status, error.code, error.message, error.path), headers };
  }
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    const path = issue?.path.join('.') ?? '';
    const message =
      issue?.code === 'unrecognized_keys' ? `unknown field ${issue.keys[0]}` : (issue?.message ?? 'not valid');
    return present(400, 'InvalidRequest', message, path === '' ? undefined : path);
  }
  if (isFailure(error)) {
    const status = FAILURE_FACTS[error.code]?.status ?? 400;
    const shown = present(status, error.code, error.message || messageOf(error.code));
    return error.code === 'InvalidRange' ? { ...shown, headers: error.detail.headers ?? {} } : shown;
  }
  return {
    ...present(500, 'InternalError', 'something went wrong; the log has it under this request id'),
    isBug: true,
  };
}

import { ApiError } from './api.ts';

/**
 * The error to show in the place of what a query reads. None where something was read before and only asking again failed: what is
 * shown, and what is typed into it, outlives a broken connection. What is gone or not ours any more is no longer shown.
 */
export function failureOf({ data, error }: { readonly data: unknown; readonly error: unknown }): unknown {
  if (data === undefined) return error;
  return error instanceof ApiError && (error.status === 403 || error.status === 404) ? error : null;
}

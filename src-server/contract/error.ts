import * as z from 'zod';
import type { RouteAnswer } from './route.ts';

/** The one shape of every error of the console API. */
export const errorSchema = z.strictObject({
  error: z.strictObject({
    /** A name that programs may compare; never changes. */
    code: z.string().describe('what happened, for programs'),
    message: z.string().describe('what happened, for people'),
    requestId: z.string().describe('stands in the log too'),
    /** JSON path of the field that is wrong, where one is. */
    path: z.string().optional().describe('field of the request that is wrong'),
  }),
});
export type ErrorBody = z.infer<typeof errorSchema>;

/** An answer with the error shape. */
export function errorAnswer(description: string, code: string): RouteAnswer {
  const example: ErrorBody = { error: { code, message: description, requestId: '6F1A0C2B9D3E4F50' } };
  return { description, contentType: 'application/json', schema: errorSchema, example };
}

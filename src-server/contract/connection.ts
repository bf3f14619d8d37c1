import * as z from 'zod';
import type { Route } from './route.ts';

export const connectionSchema = z.strictObject({
  scheme: z.enum(['http', 'https']),
  host: z.string().nullable().describe('null: on every address of the server; the one that shows this is one of them'),
  port: z.int(),
  region: z.string().describe('that signatures must name'),
  domain: z.string().nullable().describe('*.NAME then addresses buckets'),
  certificate: z.enum(['none', 'given', 'self-signed']),
});
export type Connection = z.infer<typeof connectionSchema>;

export const getConnection = {
  name: 'getConnection',
  method: 'get',
  path: '/api/v1/connection',
  tag: 'system',
  summary: 'How S3 clients reach this server',
  access: 'session',
  answers: {
    200: {
      description: 'Where the S3 port is',
      contentType: 'application/json',
      schema: connectionSchema,
      example: {
        scheme: 'https',
        host: null,
        port: 9000,
        region: 'us-east-1',
        domain: null,
        certificate: 'self-signed',
      },
    },
  },
} as const satisfies Route;

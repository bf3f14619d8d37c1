import type { Route } from './route.ts';

export const getOpenapi = {
  name: 'getOpenapi',
  method: 'get',
  path: '/api/v1/openapi.json',
  tag: 'system',
  summary: 'This document',
  access: 'open',
  answers: { 200: { description: 'OpenAPI 3.1', contentType: 'application/json' } },
} as const satisfies Route;

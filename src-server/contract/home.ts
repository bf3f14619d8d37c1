import type { Route } from './route.ts';

export const getHome = {
  name: 'getHome',
  method: 'get',
  path: '/',
  tag: 'system',
  summary: 'A page that says what runs here',
  access: 'open',
  answers: { 200: { description: 'The page', contentType: 'text/html' } },
} as const satisfies Route;

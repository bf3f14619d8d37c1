import * as z from 'zod';
import { errorSchema } from './error.ts';
import type { Route, RouteAnswer } from './route.ts';

/** The OpenAPI 3.1 document of these routes; its schemas are JSON Schema 2020-12, made from the zod ones. */
export function openApiDocument(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  return {
    openapi: '3.1.0',
    info: { title: 'Stowage console API', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Error: jsonSchema(errorSchema) },
      securitySchemes: { metricsToken: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operation(route: Route): object {
  const answers = Object.entries(route.answers).map(([status, answer]) => [status, response(answer)]);
  const body = route.body && {
    required: true,
    content: { 'application/json': { schema: jsonSchema(route.body.schema), example: route.body.example } },
  };
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    security: route.access === 'open' ? [] : [{}, { metricsToken: [] }],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { ...Object.fromEntries(answers), default: ERROR_RESPONSE },
  };
}

const ERROR_RESPONSE = {
  description: 'Any other error',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

function response(answer: RouteAnswer): object {
  const schema =
    answer.schema === undefined
      ? { type: answer.contentType === 'application/json' ? 'object' : 'string' }
      : bodySchema(answer.schema);
  const example = answer.example === undefined ? {} : { example: answer.example };
  return { description: answer.description, content: { [answer.contentType]: { schema, ...example } } };
}

function bodySchema(schema: z.ZodType): object {
  return schema === errorSchema ? { $ref: '#/components/schemas/Error' } : jsonSchema(schema);
}

function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  return rest;
}

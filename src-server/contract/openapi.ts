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
      securitySchemes: {
        metricsToken: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'stowage_session' },
      },
    },
  };
}

function operation(route: Route): object {
  const answers = Object.entries(route.answers).map(([status, answer]) => [status, response(answer, Number(status))]);
  const body = route.body && {
    required: true,
    content: { 'application/json': { schema: jsonSchema(route.body.schema), example: route.body.example } },
  };
  const upload = route.upload !== undefined && {
    requestBody: {
      description: route.upload,
      required: true,
      content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
    },
  };
  const parameters = [...pathParameters(route), ...queryParameters(route), ...csrfParameters(route)];
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    security: SECURITY[route.access],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    ...upload,
    responses: { ...Object.fromEntries(answers), default: ERROR_RESPONSE },
  };
}

const SECURITY: Readonly<Record<Route['access'], readonly object[]>> = {
  open: [],
  'loopback-or-token': [{}, { metricsToken: [] }],
  session: [{ session: [] }],
};

function pathParameters({ path }: Route): object[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

/** One parameter for each field of the query's schema, as the client sends it. */
function queryParameters({ query }: Route): object[] {
  if (query === undefined) return [];
  const shape = objectSchema.parse(z.toJSONSchema(query.schema, { target: 'draft-2020-12', io: 'input' }));
  const examples = z.record(z.string(), z.unknown()).parse(query.example);
  return Object.entries(shape.properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: shape.required.includes(name),
    schema,
    ...(name in examples ? { example: examples[name] } : {}),
  }));
}

const objectSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).default([]),
});

function csrfParameters({ access, method }: Route): object[] {
  if (access !== 'session' || method === 'get') return [];
  const description = 'csrfToken of the session';
  return [{ name: 'x-csrf-token', in: 'header', required: true, description, schema: { type: 'string' } }];
}

const ERROR_RESPONSE = {
  description: 'Any other error',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

function response(answer: RouteAnswer, status: number): object {
  if (status === 204) return { description: answer.description };
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

import { openApiDocument } from '../../../contract/openapi.ts';
import { getOpenapi } from '../../../contract/openapi-route.ts';
import type { Route } from '../../../contract/route.ts';
import type { Endpoint } from '../../endpoint.ts';

/** @param routes of all endpoints, asked for when the document is */
export function getOpenapiEndpoint(routes: () => readonly Route[]): Endpoint {
  return {
    route: getOpenapi,
    handle: async (_context, { version }) => ({ status: 200, body: openApiDocument(routes(), version) }),
  };
}

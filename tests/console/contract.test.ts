import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ENDPOINTS } from '../../src-server/console/endpoints/index.ts';
import { openApiDocument } from '../../src-server/contract/openapi.ts';

const routes = ENDPOINTS.map((endpoint) => endpoint.route);

describe('console contract', () => {
  for (const route of routes) {
    it(`${route.name}: every example fits its schema`, () => {
      if (route.body !== undefined) route.body.schema.parse(route.body.example);
      if (route.query !== undefined) route.query.schema.parse(route.query.example);
      for (const answer of Object.values(route.answers)) {
        if (answer.schema === undefined) continue;
        assert.notEqual(answer.example, undefined, 'an answer with a schema shows an example');
        answer.schema.parse(answer.example);
      }
    });
  }

  it('names every route once', () => {
    const names = routes.map((route) => route.name);
    assert.equal(new Set(names).size, names.length);
  });

  it('has one endpoint file for each route', () => {
    const folder = fileURLToPath(new URL('../../src-server/console/endpoints/', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\/.*\.ts$/.test(name));
    assert.equal(files.length, routes.length);
  });

  it('is a document without dangling references', () => {
    const text = JSON.stringify(openApiDocument(routes, '1.0.0'));
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
    assert.ok(references.length > 0 && references.every((name) => name === '#/components/schemas/Error'));
    assert.ok(!text.includes('$defs'));
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactText } from '../../../src-server/observability/redact.ts';

describe('redactText', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['GET /b/k?X-Amz-Signature=abc&x=1', 'GET /b/k?X-Amz-Signature=[redacted]&x=1'],
    ['Authorization: Bearer abc.def', 'Authorization: [redacted]'],
    ['{"authorization":"AWS4-HMAC-SHA256 Credential=A/1, Signature=2","x":1}', '{"authorization":"[redacted]","x":1}'],
    ['a Bearer abcdefgh was refused', 'a Bearer [redacted] was refused'],
    ['"password": "two words", "name": "anna"', '"password": "[redacted]", "name": "anna"'],
    ['secretAccessKey=abc region=eu-1', 'secretAccessKey=[redacted] region=eu-1'],
    ['GET /s/abcdefghijklmnop1234/view', 'GET /s/[redacted]/view'],
    ['GET /content/abcdefghijklmnop1234', 'GET /content/[redacted]'],
  ];
  for (const [text, shown] of cases) {
    it(`writes ${shown}`, () => assert.equal(redactText(text), shown));
  }

  const harmless = [
    'the token of the setup is used up',
    'a key of root: 3 uses, keyCount=4',
    'accessKeyId=AKIAEXAMPLE',
    'http://127.0.0.1:9000/photos/2026/a.jpg?list-type=2',
    'metrics.token  (set)  from env STOWAGE_METRICS_TOKEN',
    'stowage_tokens_total{kind="a"} 3',
  ];
  for (const text of harmless) {
    it(`leaves ${text}`, () => assert.equal(redactText(text), text));
  }
});

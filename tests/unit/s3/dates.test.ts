import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { httpDate, parseHttpDate } from '../../../src-server/s3/http/dates.ts';

// A date that names no zone must not get the machine's.
const zone = process.env.TZ;
process.env.TZ = 'America/New_York';
after(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const MOMENT = Date.UTC(1994, 10, 6, 8, 49, 37);

test('every form of one moment is that moment', () => {
  for (const text of [
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    '06 Nov 1994 08:49:37 +0000',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 03:49:37 -0500',
    'Sun, 06 Nov 1994 14:19:37 +0530',
    'sun, 06 nov 1994 08:49:37 gmt',
    '1994-11-06T08:49:37Z',
    '1994-11-06T08:49:37.000Z',
    '1994-11-06T09:49:37+01:00',
  ]) {
    assert.equal(parseHttpDate(text), MOMENT, text);
  }
  assert.equal(httpDate(MOMENT), 'Sun, 06 Nov 1994 08:49:37 GMT');
  assert.equal(parseHttpDate('Thursday, 06-Nov-69 08:49:37 GMT'), Date.UTC(2069, 10, 6, 8, 49, 37));
});

test('what names no moment, or no zone, is none', () => {
  for (const text of [
    '',
    'yesterday',
    'anything 2090',
    '1994-11-06',
    '1994-11-06T08:49:37',
    '1994-13-06T08:49:37Z',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 EST',
    'Sun, 31 Feb 1994 08:49:37 GMT',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
    '784111777',
  ]) {
    assert.equal(parseHttpDate(text), undefined, text);
  }
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { derInteger, derOctetString, derOid, derTime } from '../../../src-server/platform/der.ts';

const hex = (bytes: Buffer) => bytes.toString('hex');

describe('DER', () => {
  it('encodes object identifiers (X.690 8.19)', () => {
    assert.equal(hex(derOid('1.2.840.113549.1.1.11')), '06092a864886f70d01010b');
    assert.equal(hex(derOid('2.5.29.17')), '0603551d11');
  });

  it('keeps integers positive', () => {
    assert.equal(hex(derInteger(Buffer.from([0x80]))), '02020080');
    assert.equal(hex(derInteger(Buffer.from([0x7f]))), '02017f');
  });

  it('writes short and long lengths', () => {
    assert.equal(hex(derOctetString(Buffer.alloc(127))).slice(0, 4), '047f');
    assert.equal(hex(derOctetString(Buffer.alloc(128))).slice(0, 6), '048180');
    assert.equal(hex(derOctetString(Buffer.alloc(256))).slice(0, 8), '04820100');
  });

  it('writes the form of time that the year wants (RFC 5280 4.1.2.5)', () => {
    assert.equal(
      derTime(Date.UTC(2049, 11, 31, 23, 59, 58, 999))
        .subarray(2)
        .toString(),
      '491231235958Z',
    );
    assert.equal(
      derTime(Date.UTC(2050, 0, 1))
        .subarray(2)
        .toString(),
      '20500101000000Z',
    );
  });
});

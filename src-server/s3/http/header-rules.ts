import { CANNED_ACLS } from '../../domain/acl.ts';
import { Failure } from '../../domain/failure.ts';
import type { RequestHeaders } from './request-headers.ts';

/**
 * What happens to an `x-amz-*` request header:
 * `used` the pipeline or an operation reads it; `ignored` AWS's meaning of it needs nothing here;
 * `refused` it asks for something that this version does not do, whatever its value;
 * a list: the values that are done; `refusedValues` are AWS's other values, anything else is an invalid argument, or left to
 * who reads the header, which AWS then answers in other words.
 */
export type HeaderRule =
  | 'used'
  | 'ignored'
  | 'refused'
  | { readonly values: readonly string[]; readonly refusedValues: readonly string[]; readonly others?: 'read' };

const ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
const LATER_ALGORITHMS = ['SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'] as const;
const CHECKSUM_ALGORITHM = { values: ALGORITHMS, refusedValues: LATER_ALGORITHMS, others: 'read' } as const;
const CANNED_ACL = { values: CANNED_ACLS, refusedValues: [] } as const;

/** Every `x-amz-*` request header of AWS's model except user metadata. A header that is not here is unknown to AWS too. */
// biome-ignore format: one header a line
export const HEADER_RULES: ReadonlyMap<string, HeaderRule> = new Map<string, HeaderRule>([
  ['x-amz-acl', CANNED_ACL],
  ['x-amz-bucket-namespace', { values: ['global'], refusedValues: ['account-regional'] }],
  ['x-amz-bucket-object-lock-enabled', { values: ['true', 'false'], refusedValues: [] }],
  ['x-amz-bucket-object-lock-token', 'refused'],
  ['x-amz-bypass-governance-retention', 'used'],
  ['x-amz-checksum-algorithm', CHECKSUM_ALGORITHM],
  ['x-amz-checksum-crc32', 'used'],
  ['x-amz-checksum-crc32c', 'used'],
  ['x-amz-checksum-crc64nvme', 'used'],
  ['x-amz-checksum-md5', 'refused'],
  ['x-amz-checksum-mode', 'used'],
  ['x-amz-checksum-sha1', 'used'],
  ['x-amz-checksum-sha256', 'used'],
  ['x-amz-checksum-sha512', 'refused'],
  ['x-amz-checksum-type', 'used'],
  ['x-amz-checksum-xxhash128', 'refused'],
  ['x-amz-checksum-xxhash3', 'refused'],
  ['x-amz-checksum-xxhash64', 'refused'],
  ['x-amz-client-token', 'refused'],
  ['x-amz-confirm-remove-self-bucket-access', 'used'],
  ['x-amz-content-sha256', 'used'],
  ['x-amz-copy-source', 'used'],
  ['x-amz-copy-source-if-match', 'used'],
  ['x-amz-copy-source-if-modified-since', 'used'],
  ['x-amz-copy-source-if-none-match', 'used'],
  ['x-amz-copy-source-if-unmodified-since', 'used'],
  ['x-amz-copy-source-range', 'used'],
  ['x-amz-copy-source-server-side-encryption-customer-algorithm', 'refused'],
  ['x-amz-copy-source-server-side-encryption-customer-key', 'refused'],
  ['x-amz-copy-source-server-side-encryption-customer-key-md5', 'refused'],
  ['x-amz-create-session-mode', 'refused'],
  ['x-amz-date', 'used'],
  ['x-amz-decoded-content-length', 'used'],
  ['x-amz-expected-bucket-owner', 'used'],
  ['x-amz-grant-full-control', 'used'],
  ['x-amz-grant-read', 'used'],
  ['x-amz-grant-read-acp', 'used'],
  ['x-amz-grant-write', 'used'],
  ['x-amz-grant-write-acp', 'used'],
  ['x-amz-if-match-initiated-time', 'refused'],
  ['x-amz-if-match-last-modified-time', 'refused'],
  ['x-amz-if-match-size', 'refused'],
  ['x-amz-max-parts', 'used'],
  ['x-amz-metadata-directive', 'used'],
  ['x-amz-mfa', 'refused'],
  ['x-amz-mp-object-size', 'used'],
  // Objects have no annotations yet: copying or leaving out none of them is the same.
  ['x-amz-object-annotation-directive', 'ignored'],
  ['x-amz-object-attributes', 'used'],
  ['x-amz-object-if-match', 'refused'],
  ['x-amz-object-lock-event-hold', 'refused'],
  ['x-amz-object-lock-event-hold-duration-days', 'refused'],
  ['x-amz-object-lock-event-hold-duration-years', 'refused'],
  ['x-amz-object-lock-legal-hold', 'used'],
  ['x-amz-object-lock-mode', 'used'],
  ['x-amz-object-lock-retain-until-date', 'used'],
  ['x-amz-object-ownership', 'used'],
  // Asks lists for RestoreStatus, which only restored archives have.
  ['x-amz-optional-object-attributes', 'ignored'],
  ['x-amz-part-number-marker', 'used'],
  ['x-amz-rename-source', 'refused'],
  ['x-amz-rename-source-if-match', 'refused'],
  ['x-amz-rename-source-if-modified-since', 'refused'],
  ['x-amz-rename-source-if-none-match', 'refused'],
  ['x-amz-rename-source-if-unmodified-since', 'refused'],
  // Nobody pays here, whatever a bucket's request payment says.
  ['x-amz-request-payer', 'ignored'],
  ['x-amz-request-route', 'refused'],
  ['x-amz-request-token', 'refused'],
  ['x-amz-sdk-checksum-algorithm', CHECKSUM_ALGORITHM],
  ['x-amz-security-token', 'used'],
  ['x-amz-server-side-encryption', { values: ['AES256'], refusedValues: ['aws:kms', 'aws:kms:dsse', 'aws:fsx'] }],
  ['x-amz-server-side-encryption-aws-kms-key-id', 'refused'],
  ['x-amz-server-side-encryption-bucket-key-enabled', { values: ['false'], refusedValues: ['true'] }],
  ['x-amz-server-side-encryption-context', 'refused'],
  ['x-amz-server-side-encryption-customer-algorithm', 'refused'],
  ['x-amz-server-side-encryption-customer-key', 'refused'],
  ['x-amz-server-side-encryption-customer-key-md5', 'refused'],
  ['x-amz-skip-destination-validation', 'ignored'],
  ['x-amz-source-expected-bucket-owner', 'used'],
  ['x-amz-storage-class', 'used'],
  ['x-amz-tagging', 'used'],
  ['x-amz-tagging-directive', 'used'],
  ['x-amz-trailer', 'used'],
  ['x-amz-transition-default-minimum-object-size', 'refused'],
  ['x-amz-website-redirect-location', 'used'],
  ['x-amz-write-offset-bytes', 'refused'],
]);

/**
 * Refuses what a request's headers ask for and this version does not do, so that nothing is dropped in silence.
 * Throws NotImplemented with the header's name, InvalidArgument for a value that AWS does not know either, InvalidRequest for
 * a checksum that nobody could verify.
 */
export function checkHeaderRules(headers: RequestHeaders): void {
  for (const name of headers.names()) {
    // Nearly all headers leave at the first comparison.
    if (name.charCodeAt(0) !== 0x78 || !name.startsWith('x-amz-')) continue;
    const rule = HEADER_RULES.get(name);
    if (rule === undefined && name.startsWith('x-amz-checksum-')) throw unknownChecksum();
    if (rule === undefined || rule === 'used' || rule === 'ignored') continue;
    checkRule(name, headers.get(name) ?? '', rule);
  }
}

function checkRule(name: string, value: string, rule: Exclude<HeaderRule, 'used' | 'ignored'>): void {
  const wanted = value.toLowerCase();
  const isWanted = (known: string) => known.toLowerCase() === wanted;
  if (rule !== 'refused' && rule.values.some(isWanted)) return;
  if (rule === 'refused' || rule.refusedValues.some(isWanted)) {
    throw new Failure('NotImplemented', undefined, { fields: { Header: name } });
  }
  if (rule.others === 'read') return;
  throw new Failure('InvalidArgument', `The value of ${name} is not valid`, {
    fields: { ArgumentName: name, ArgumentValue: value },
  });
}

function unknownChecksum(): Failure {
  return new Failure('InvalidRequest', 'The algorithm type you specified in x-amz-checksum- header is invalid.');
}

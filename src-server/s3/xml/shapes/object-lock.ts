import type { BucketLock, DefaultRetention } from '../../../domain/bucket-lock.ts';
import { checkDefaultRetention } from '../../../domain/bucket-lock.ts';
import { Failure, isFailure } from '../../../domain/failure.ts';
import { parseRetainUntil, type Retention } from '../../../domain/lock.ts';
import { element, integer, one, optional, text, word } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { wrap, xmlDocument, element as xmlElement } from '../xml-writer.ts';

const MAX_COUNT = 2 ** 31 - 1;
const mode = word('GOVERNANCE', 'COMPLIANCE');
const count = integer(-MAX_COUNT, MAX_COUNT);

const configuration = element({
  ObjectLockEnabled: one(word('Enabled')),
  Rule: optional(
    element({
      DefaultRetention: optional(element({ Mode: one(mode), Days: optional(count), Years: optional(count) })),
    }),
  ),
});
const retention = element({ Mode: optional(mode), RetainUntilDate: optional(text(64)) });
const legalHold = element({ Status: one(word('ON', 'OFF')) });

/** Reads the body of PutObjectLockConfiguration. Throws MalformedXML; InvalidArgument for no length of time. */
export function parseObjectLockConfiguration(bytes: Uint8Array): BucketLock {
  const asked = parseConfigXml(bytes, 'ObjectLockConfiguration', configuration).Rule?.DefaultRetention;
  if (asked === undefined) return { enabled: true, defaultRetention: undefined };
  const { Mode, Days, Years } = asked;
  if ((Days === undefined) === (Years === undefined)) throw new Failure('MalformedXML');
  const defaultRetention: DefaultRetention =
    Days === undefined ? { mode: Mode, unit: 'years', count: Years ?? 0 } : { mode: Mode, unit: 'days', count: Days };
  checkDefaultRetention(defaultRetention);
  return { enabled: true, defaultRetention };
}

/** The answer of GetObjectLockConfiguration; without a default there is no Rule, as on AWS. */
export function objectLockConfigurationXml({ defaultRetention }: BucketLock): string {
  const rule =
    defaultRetention === undefined ? '' : wrap('Rule', wrap('DefaultRetention', defaultXml(defaultRetention)));
  return xmlDocument('ObjectLockConfiguration', xmlElement('ObjectLockEnabled', 'Enabled') + rule);
}

function defaultXml({ mode, unit, count }: DefaultRetention): string {
  return xmlElement('Mode', mode) + xmlElement(unit === 'days' ? 'Days' : 'Years', count);
}

/** Reads the body of PutObjectRetention; an empty one takes the retention away. Throws MalformedXML. */
export function parseRetention(bytes: Uint8Array): Retention | undefined {
  const { Mode, RetainUntilDate } = parseConfigXml(bytes, 'Retention', retention);
  if (Mode === undefined && RetainUntilDate === undefined) return undefined;
  if (Mode === undefined || RetainUntilDate === undefined) throw new Failure('MalformedXML');
  return { mode: Mode, untilMs: dateOf(RetainUntilDate) };
}

function dateOf(date: string) {
  try {
    return parseRetainUntil(date);
  } catch (error) {
    // What is no date does not fit AWS's schema.
    if (isFailure(error, 'InvalidArgument')) throw new Failure('MalformedXML');
    throw error;
  }
}

/** The answer of GetObjectRetention. */
export function retentionXml({ mode, untilMs }: Retention): string {
  const until = xmlElement('RetainUntilDate', new Date(untilMs).toISOString());
  return xmlDocument('Retention', xmlElement('Mode', mode) + until);
}

/** Reads the body of PutObjectLegalHold. Throws MalformedXML. */
export function parseLegalHold(bytes: Uint8Array): boolean {
  return parseConfigXml(bytes, 'LegalHold', legalHold).Status === 'ON';
}

/** The answer of GetObjectLegalHold. */
export function legalHoldXml(isOn: boolean): string {
  return xmlDocument('LegalHold', xmlElement('Status', isOn ? 'ON' : 'OFF'));
}

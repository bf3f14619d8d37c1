import { REQUEST_PAYERS, type RequestPayer } from '../../../domain/bucket-settings.ts';
import { element, one, word } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { xmlDocument, element as xmlElement } from '../xml-writer.ts';

const configuration = element({ Payer: one(word(...REQUEST_PAYERS)) });

/** Reads the body of PutBucketRequestPayment. Throws MalformedXML. */
export function parseRequestPayment(bytes: Uint8Array): RequestPayer {
  return parseConfigXml(bytes, 'RequestPaymentConfiguration', configuration).Payer;
}

/** The answer of GetBucketRequestPayment. */
export function requestPaymentXml(payer: RequestPayer): string {
  return xmlDocument('RequestPaymentConfiguration', xmlElement('Payer', payer));
}

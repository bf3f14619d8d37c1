import { CORS_METHODS, type CorsMethod, type CorsRule } from '../../../domain/bucket-settings.ts';
import { MAX_CORS_RULES } from '../../../domain/cors-rules.ts';
import { Failure } from '../../../domain/failure.ts';
import { element, integer, many, optional, text } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { optionalElement, wrap, xmlDocument, element as xmlElement } from '../xml-writer.ts';

const MAX_ID_LENGTH = 255;
const MAX_ENTRIES = 1000;
const MAX_AGE_SECONDS = 2 ** 31 - 1;

const configuration = element({
  CORSRule: many(
    element({
      ID: optional(text(MAX_ID_LENGTH)),
      AllowedOrigin: many(text(), 1, MAX_ENTRIES),
      AllowedMethod: many(text(), 1, MAX_ENTRIES),
      AllowedHeader: many(text(), 0, MAX_ENTRIES),
      ExposeHeader: many(text(), 0, MAX_ENTRIES),
      MaxAgeSeconds: optional(integer(0, MAX_AGE_SECONDS)),
    }),
    1,
    MAX_CORS_RULES,
  ),
});

/** Reads the body of PutBucketCors. Throws MalformedXML, InvalidRequest for a method that CORS rules cannot allow. */
export function parseCorsConfiguration(bytes: Uint8Array): CorsRule[] {
  return parseConfigXml(bytes, 'CORSConfiguration', configuration).CORSRule.map((rule) => ({
    id: rule.ID,
    allowedOrigins: rule.AllowedOrigin,
    allowedMethods: rule.AllowedMethod.map(toMethod),
    allowedHeaders: rule.AllowedHeader,
    exposeHeaders: rule.ExposeHeader,
    maxAgeSeconds: rule.MaxAgeSeconds,
  }));
}

function toMethod(text: string): CorsMethod {
  const method = CORS_METHODS.find((known) => known === text.trim());
  if (method !== undefined) return method;
  throw new Failure('InvalidRequest', `Found unsupported HTTP method in CORS config. Unsupported method is ${text}`);
}

/** The answer of GetBucketCors. */
export function corsConfigurationXml(rules: readonly CorsRule[]): string {
  return xmlDocument('CORSConfiguration', rules.map(ruleXml).join(''));
}

function ruleXml(rule: CorsRule): string {
  const each = (name: string, values: readonly string[]) => values.map((value) => xmlElement(name, value)).join('');
  return wrap(
    'CORSRule',
    optionalElement('ID', rule.id) +
      each('AllowedHeader', rule.allowedHeaders) +
      each('AllowedMethod', rule.allowedMethods) +
      each('AllowedOrigin', rule.allowedOrigins) +
      each('ExposeHeader', rule.exposeHeaders) +
      optionalElement('MaxAgeSeconds', rule.maxAgeSeconds),
  );
}

import type { Failure } from '../../domain/failure.ts';
import { element, plainXmlDocument } from '../xml/xml-writer.ts';
import { ERROR_FACTS } from './codes.ts';

/** What an error answer needs to know about its request. */
export interface ErrorScene {
  readonly requestId: string;
  readonly hostId: string;
  /** The path part of the raw request target. */
  readonly resource: string;
}

/** S3's error document. Elements of `detail.fields` stand between the message and the resource, as on AWS. */
export function errorXml(failure: Failure, scene: ErrorScene): string {
  const message = failure.message === '' ? ERROR_FACTS[failure.code].message : failure.message;
  let inner = element('Code', failure.code) + element('Message', message);
  const fields = failure.detail.fields;
  if (fields !== undefined) {
    for (const name of Object.keys(fields)) inner += element(name, fields[name] ?? '');
  }
  if (fields?.Resource === undefined) inner += element('Resource', scene.resource);
  return plainXmlDocument('Error', inner + element('RequestId', scene.requestId) + element('HostId', scene.hostId));
}

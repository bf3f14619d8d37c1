import type { TemporaryCredentials } from '../../services/sts/temporary-credentials.ts';
import { element } from '../xml/xml-writer.ts';
import { isoTime } from './query-page.ts';

/** Temporary credentials as STS hands them out. */
export function credentialsXml(credentials: TemporaryCredentials): string {
  return (
    element('AccessKeyId', credentials.accessKeyId) +
    element('SecretAccessKey', credentials.secretAccessKey) +
    element('SessionToken', credentials.sessionToken) +
    element('Expiration', isoTime(credentials.expiresMs))
  );
}

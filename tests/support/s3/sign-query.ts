import type { Credentials, Sent } from './auth-scene.ts';
import { hmac, sha256, timestampOf } from './sign.ts';

/** A signed call of IAM or STS: a form in the body of `POST /`. */
export function signQuery(
  credentials: Credentials,
  service: string,
  body: string,
  nowMs: number,
  host = 'localhost',
): Sent & { body: string } {
  const timestamp = timestampOf(nowMs);
  const date = timestamp.slice(0, 8);
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    host,
    'x-amz-date': timestamp,
    ...(credentials.token === undefined ? {} : { 'x-amz-security-token': credentials.token }),
  };
  const names = Object.keys(headers).sort();
  const canonical = `POST\n/\n\n${names.map((name) => `${name}:${headers[name]}\n`).join('')}\n${names.join(';')}\n${sha256(body)}`;
  const scope = `${date}/us-east-1/${service}/aws4_request`;
  const key = hmac(hmac(hmac(hmac(`AWS4${credentials.secret}`, date), 'us-east-1'), service), 'aws4_request');
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKey}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { method: 'POST', target: '/', headers: { ...headers, authorization }, body };
}

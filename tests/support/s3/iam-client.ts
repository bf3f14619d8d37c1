import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What an action of IAM answered. */
export interface IamAnswer {
  readonly status: number;
  readonly xml: string;
  /** The error's code, `ok` without one. */
  readonly code: string;
  /** Texts of all elements of this name, in order. */
  all(name: string): string[];
  /** The first of them, `''` without one. */
  first(name: string): string;
}

export type IamCall = (action: string, parameters?: Readonly<Record<string, string>>) => Promise<IamAnswer>;

/** Calls IAM with a signature written here, plainly. */
export function iamClient(endpoint: string, credentials: Credentials): IamCall {
  return async (action, parameters = {}) => {
    const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...parameters }).toString();
    const response = await fetch(`${endpoint}/`, {
      method: 'POST',
      body,
      headers: signed(endpoint, credentials, body),
    });
    const xml = await response.text();
    const all = (name: string) =>
      [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((m) => m[1] ?? '');
    return { status: response.status, xml, code: all('Code')[0] ?? 'ok', all, first: (name) => all(name)[0] ?? '' };
  };
}

function signed(endpoint: string, credentials: Credentials, body: string): Record<string, string> {
  const at = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host: new URL(endpoint).host,
    'x-amz-date': at,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = `POST\n/\n\n${lines}\n${names.join(';')}\n${sha256(body)}`;
  const scope = `${at.slice(0, 8)}/us-east-1/iam/aws4_request`;
  const key = ['us-east-1', 'iam', 'aws4_request'].reduce(
    hmac,
    hmac(`AWS4${credentials.secretAccessKey}`, at.slice(0, 8)),
  );
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${at}\n${scope}\n${sha256(canonical)}`).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const { host: _, ...sent } = headers;
  return { ...sent, authorization };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

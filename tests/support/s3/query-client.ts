import { type BinaryLike, createHash, createHmac } from 'node:crypto';

/** Who signs; with a token, temporary credentials. */
export interface QueryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface QueryAnswer {
  readonly status: number;
  readonly xml: string;
  /** Text of the first element of this name. */
  element(name: string): string | undefined;
  /** Text of every element of this name. */
  elements(name: string): string[];
  /** `ok`, or status and code of the error. */
  readonly outcome: string;
}

const REGION = 'us-east-1';

function hmac(key: BinaryLike, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** One signed call of IAM or STS, as their clients send it: written a second time, so that the server is not checked against itself. */
export async function callQuery(
  endpoint: string,
  credentials: QueryCredentials,
  service: 'iam' | 'sts',
  parameters: Readonly<Record<string, string>>,
): Promise<QueryAnswer> {
  const body = new URLSearchParams({ Version: '2010-05-08', ...parameters }).toString();
  const { host } = new URL(endpoint);
  const stamp = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const token = credentials.sessionToken;
  const type = 'application/x-www-form-urlencoded; charset=utf-8';
  const signed: Record<string, string> = { 'content-type': type, host, 'x-amz-date': stamp };
  if (token !== undefined) signed['x-amz-security-token'] = token;
  const names = Object.keys(signed).sort();
  const lines = names.map((name) => `${name}:${signed[name] ?? ''}\n`).join('');
  const canonical = `POST\n/\n\n${lines}\n${names.join(';')}\n${sha256(body)}`;
  const scope = `${stamp.slice(0, 8)}/${REGION}/${service}/aws4_request`;
  const dayKey = hmac(`AWS4${credentials.secretAccessKey}`, stamp.slice(0, 8));
  const key = hmac(hmac(hmac(dayKey, REGION), service), 'aws4_request');
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`).toString('hex');
  const { host: _host, ...headers } = signed;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    },
    body,
  });
  const xml = await response.text();
  const elements = (name: string) =>
    [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);
  return {
    status: response.status,
    xml,
    element: (name) => elements(name)[0],
    elements,
    outcome: response.ok ? 'ok' : `${response.status} ${elements('Code')[0] ?? ''}`,
  };
}

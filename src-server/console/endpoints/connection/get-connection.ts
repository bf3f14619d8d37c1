import { type Connection, getConnection } from '../../../contract/connection.ts';
import type { Endpoint } from '../../endpoint.ts';

const CERTIFICATES = { none: 'none', files: 'given', 'self-signed': 'self-signed' } as const;
/** Listening there is listening on every address. */
const EVERYWHERE = ['0.0.0.0', '::'];

export const getConnectionEndpoint: Endpoint = {
  route: getConnection,
  handle: async ({ config }, { s3Url }) => {
    const { protocol, port } = new URL(s3Url);
    const { host } = config.s3Address;
    const scheme = protocol === 'https:' ? 'https' : 'http';
    const body: Connection = {
      scheme,
      host: EVERYWHERE.includes(host) ? null : host,
      port: port === '' ? DEFAULT_PORTS[scheme] : Number(port),
      region: config.region,
      domain: config.domain,
      certificate: CERTIFICATES[config.tls.kind],
    };
    return { status: 200, body };
  },
};

/** What a URL leaves out. */
const DEFAULT_PORTS = { http: 80, https: 443 };

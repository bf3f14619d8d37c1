import * as z from 'zod';

/**
 * `HOST:PORT`; an IPv6 host stands in brackets. Port 0 asks the system for a free one.
 * Answers undefined where the text is neither.
 */
export function parseAddress(text: string): { host: string; port: number } | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const host = match[1] ?? match[2] ?? '';
  const port = Number(match[3]);
  return port <= 65_535 ? { host, port } : undefined;
}

/** The host as it stands in a URL. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

export const addressSchema = z
  .string()
  .refine((text) => parseAddress(text) !== undefined, 'HOST:PORT is wanted, with a port of 0-65535');

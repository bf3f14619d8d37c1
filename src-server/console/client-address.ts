import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/schema.ts';
import { clientOrigin } from '../services/client-origin.ts';

/** The address the request came from: its socket's, or what a trusted proxy says. Empty where the connection is gone. */
export function clientAddress(config: Config, request: IncomingMessage): string {
  return clientOrigin(config, request).address ?? '';
}

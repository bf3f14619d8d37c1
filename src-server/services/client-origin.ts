import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Config } from '../config/schema.ts';
import { type ClientOrigin, type OriginRule, originRule } from '../domain/client-origin.ts';

const rules = new WeakMap<Config, OriginRule>();

/** Where a request came from, on either port: the one place that reads what proxies say (`http.trustedProxies`). */
export function clientOrigin(config: Config, { socket, headers }: IncomingMessage): ClientOrigin {
  const rule = rules.get(config) ?? originRule(config.trustedProxies);
  if (!rules.has(config)) rules.set(config, rule);
  return rule({
    socketAddress: socket.remoteAddress,
    isTls: socket instanceof TLSSocket,
    forwardedFor: joined(headers['x-forwarded-for']),
    forwardedProto: joined(headers['x-forwarded-proto']),
  });
}

function joined(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}

import type { JobItem, SeenRequestView } from '../contract/activity.ts';
import type { SeenRequest } from '../observability/request-ring.ts';
import type { JobView } from '../services/appliance/appliance.ts';

/** A request as the contract shows it. */
export function presentRequest(request: SeenRequest): SeenRequestView {
  const { id, atMs, method, action, query, status, durationMs, bytesIn, bytesOut, userAgent, isKeyProven } = request;
  const { name, version } = request.client;
  return {
    id,
    atMs,
    method,
    action,
    bucket: request.bucket ?? null,
    key: request.objectKey ?? null,
    query,
    host: request.host ?? null,
    status,
    errorCode: request.errorCode ?? null,
    durationMs,
    bytesIn: Math.max(0, bytesIn),
    bytesOut,
    client: { id: request.client.id, name, version: version ?? null },
    userAgent,
    address: request.remote ?? null,
    user: request.user ?? null,
    accessKeyId: request.accessKeyId ?? null,
    isKeyProven,
  };
}

/** A job as the contract shows it. */
export function presentJob({
  name,
  state,
  steps,
  lastStepMs,
  nextStepMs,
  busySinceMs,
  lastError,
  facts,
}: JobView): JobItem {
  return {
    name,
    state,
    steps,
    lastStepMs: lastStepMs ?? null,
    nextStepMs: nextStepMs === undefined || !Number.isFinite(nextStepMs) ? null : Math.round(nextStepMs),
    busySinceMs: busySinceMs ?? null,
    lastError: lastError ?? null,
    facts: { ...facts },
  };
}

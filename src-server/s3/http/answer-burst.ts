import type { ServerResponse } from 'node:http';

interface Ready {
  readonly response: ServerResponse;
  readonly bytes: Uint8Array | undefined;
}

let ready: Ready[] = [];

/**
 * Ends a response whose head is set, behind all requests that this turn of the event loop brought. Answers that leave one
 * by one, each between two reads, wake a waiting client once each, and the waker pays for that: it was two fifths of a
 * small GET at 64 connections (docs/reports/01-core.md).
 */
export function endInBurst(response: ServerResponse, bytes: Uint8Array | undefined): void {
  ready.push({ response, bytes });
  if (ready.length === 1) setImmediate(endAll);
}

function endAll(): void {
  const burst = ready;
  ready = [];
  for (const { response, bytes } of burst) {
    if (bytes === undefined) response.end();
    else response.end(bytes);
  }
}

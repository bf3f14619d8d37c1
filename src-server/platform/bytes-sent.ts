import type { Socket } from 'node:net';

/**
 * Bytes that left this process. What node handed to libuv may still wait there, and node's own handles alone say how
 * much; what node itself holds back they have not counted yet. Under TLS the handle's parent is the one that sends.
 */
export function bytesSent(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, '_handle');
  if (!isObject(handle)) return socket.bytesWritten;
  const parent: unknown = Reflect.get(handle, '_parent');
  const sender = isObject(parent) ? parent : handle;
  const given: unknown = Reflect.get(sender, 'bytesWritten');
  const queued: unknown = Reflect.get(sender, 'writeQueueSize');
  return typeof given === 'number' && typeof queued === 'number' ? given - queued : socket.bytesWritten;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

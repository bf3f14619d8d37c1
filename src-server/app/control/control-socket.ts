import { createServer, type Socket } from 'node:net';
import * as z from 'zod';
import { isFailure } from '../../domain/failure.ts';
import { unlinkIfThere } from '../../platform/fs-durable.ts';
import { nodeFileSystem } from '../../platform/fs-port.ts';
import type { ServiceContext } from '../../services/context.ts';
import { CONTROL_COMMANDS } from './control-commands.ts';
import {
  type ControlAnswer,
  type ControlRequest,
  controlAddress,
  controlRequestSchema,
  MAX_CONTROL_BYTES,
} from './control-protocol.ts';

const IDLE_MS = 30_000;

/** The longest path of a socket that every system takes. */
const MAX_SOCKET_PATH = 100;

/**
 * Listens for the command line of this machine's own user: whoever may open the socket may read the data folder, and so the keys. Without it
 * (a data folder whose path is too long for a socket) the server serves, and those commands say that they cannot reach it.
 */
export async function openControlSocket(context: ServiceContext): Promise<{ close(): Promise<void> }> {
  const address = controlAddress(context.config.dataDir);
  if (process.platform !== 'win32') {
    if (Buffer.byteLength(address) > MAX_SOCKET_PATH) {
      context.log.warn(
        'the path of the data folder is too long for a control socket; disk, preset and audit commands cannot be used',
      );
      return { close: () => Promise.resolve() };
    }
    // A server that was killed leaves it behind; the data folder is ours, so nobody listens there.
    await unlinkIfThere(nodeFileSystem, address);
  }
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    serveLine(context, socket);
  });
  // The process's umask (077) makes the socket private.
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => resolve());
  });
  return {
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function serveLine(context: ServiceContext, socket: Socket): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  // A client that went away is nobody to tell.
  socket.on('error', () => socket.destroy());
  socket.on('data', (piece: string) => {
    text += piece;
    const end = text.indexOf('\n');
    if (end === -1) {
      if (text.length > MAX_CONTROL_BYTES) socket.destroy();
      return;
    }
    socket.pause();
    void answer(context, text.slice(0, end)).then((said) => socket.end(`${JSON.stringify(said)}\n`));
  });
}

async function answer(context: ServiceContext, line: string): Promise<ControlAnswer> {
  let request: ControlRequest;
  try {
    request = controlRequestSchema.parse(JSON.parse(line));
  } catch {
    return { kind: 'refused', message: 'the request cannot be read' };
  }
  const command = CONTROL_COMMANDS.get(request.command);
  if (command === undefined) return { kind: 'refused', message: `this server has no command ${request.command}` };
  try {
    return { kind: 'done', result: await command(context, request.input) };
  } catch (error) {
    if (error instanceof z.ZodError) return { kind: 'refused', message: sentenceOf(error) };
    if (isFailure(error)) return { kind: 'refused', message: error.message === '' ? error.code : error.message };
    context.log.error({ err: error, command: request.command }, 'a control command failed');
    return { kind: 'refused', message: 'internal error; the server’s log has more' };
  }
}

/** The first thing that is wrong with the input of a command. */
function sentenceOf({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? 'the input cannot be read' : `${issue.path.join('.') || 'input'}: ${issue.message}`;
}

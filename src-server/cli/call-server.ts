import { createConnection } from 'node:net';
import { type ControlRequest, controlAddress, controlAnswerSchema } from '../app/control/control-protocol.ts';

/** The server could not be asked, or said no; `message` is a sentence for whoever typed the command. */
export class ControlRefused extends Error {
  /** No server runs on the data folder. */
  readonly isAbsent: boolean;

  constructor(message: string, isAbsent: boolean) {
    super(message);
    this.isAbsent = isAbsent;
  }
}

/** Asks the server that runs on this data folder; answers its result. Throws ControlRefused. */
export async function callServer(dataDir: string, request: ControlRequest): Promise<unknown> {
  const line = await exchange(controlAddress(dataDir), `${JSON.stringify(request)}\n`);
  const answer = controlAnswerSchema.parse(JSON.parse(line));
  if (answer.kind === 'refused') throw new ControlRefused(answer.message, false);
  return answer.result;
}

function exchange(address: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = createConnection(address, () => socket.write(line));
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text += piece;
    });
    socket.once('end', () => (text === '' ? reject(absent()) : resolve(text)));
    socket.once('error', () => reject(absent()));
  });
}

function absent(): ControlRefused {
  return new ControlRefused('no server runs on this data folder; start it first', true);
}

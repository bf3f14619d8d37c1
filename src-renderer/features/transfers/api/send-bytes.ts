import { ApiError, csrfHeader, errorFrom } from '../../../lib/api.ts';

interface BytesToSend {
  readonly method: 'PUT' | 'POST';
  readonly url: string;
  readonly body: Blob;
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

/** Sends bytes and answers the JSON. `fetch` tells nothing of what was sent so far, hence XMLHttpRequest. Throws `ApiError`. */
export function sendBytes({ method, url, body, signal, onProgress }: BytesToSend): Promise<unknown> {
  const request = new XMLHttpRequest();
  request.open(method, url);
  for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
  request.setRequestHeader('content-type', 'application/octet-stream');
  return new Promise((resolve, reject) => {
    const abort = () => request.abort();
    const lost = () => reject(new ApiError(0, 'ConnectionLost', ''));
    const watch = new StallWatch(() => {
      lost();
      request.abort();
    });
    request.upload.addEventListener('progress', (event) => {
      watch.moved();
      onProgress(event.loaded);
    });
    request.upload.addEventListener('load', () => watch.allSent());
    request.addEventListener('load', () => {
      if (request.status >= 300) reject(errorFrom(request.status, request.responseText));
      else resolve(JSON.parse(request.responseText));
    });
    request.addEventListener('error', lost);
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    request.addEventListener('loadend', () => {
      watch.end();
      signal.removeEventListener('abort', abort);
    });
    signal.addEventListener('abort', abort);
    request.send(body);
  });
}

/** TCP itself takes a quarter of an hour to notice that the other side is gone. */
const STALLED_MS = 60_000;
/** All is sent: the server may be busy writing it down. */
const ANSWER_MS = 180_000;

/** Calls `onStall` where nothing moved for a minute. */
class StallWatch {
  readonly #onStall: () => void;
  #timer: ReturnType<typeof setTimeout>;

  constructor(onStall: () => void) {
    this.#onStall = onStall;
    this.#timer = setTimeout(onStall, STALLED_MS);
  }

  moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onStall, STALLED_MS);
  }

  allSent(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onStall, ANSWER_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

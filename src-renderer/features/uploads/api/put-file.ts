import { putObject } from '../../../../src-server/contract/content.ts';
import { ApiError, csrfHeader, errorFrom, urlOf } from '../../../lib/api.ts';

interface PutFile {
  readonly bucket: string;
  readonly key: string;
  readonly file: File;
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

/** Stores a file under a key, in one request. `fetch` tells nothing of what was sent so far, hence XMLHttpRequest. Throws `ApiError`. */
export function putFile({ bucket, key, file, signal, onProgress }: PutFile): Promise<void> {
  const request = new XMLHttpRequest();
  request.open('PUT', urlOf(putObject.path, { bucket }, { key }));
  for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
  request.setRequestHeader('content-type', file.type === '' ? 'application/octet-stream' : file.type);
  return new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded));
    request.addEventListener('load', () => {
      if (request.status < 300) resolve();
      else reject(errorFrom(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(new ApiError(0, 'ConnectionLost', '')));
    request.addEventListener('abort', () => reject(new ApiError(0, 'Cancelled', '')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

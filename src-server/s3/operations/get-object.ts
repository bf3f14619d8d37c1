import { getObject as openObject } from '../../services/objects/get-object.ts';
import { readSosapiObject } from '../../services/objects/sosapi-objects.ts';
import { lockHeaders } from '../http/object-lock-headers.ts';
import { parseRead } from '../http/parse-read.ts';
import { objectHeaders, statusOf } from '../http/present-object.ts';
import type { ObjectOperation } from '../operation.ts';

/** GetObject: the bytes of an object, a range or a part of them. */
export const getObject: ObjectOperation = async (context, request) => {
  const { asked, presentation } = await parseRead(context, request);
  const found = (await readSosapiObject(context, asked)) ?? (await openObject(context, asked));
  const lock = await lockHeaders(context, request, request.target, found.object);
  const headers = { ...objectHeaders(found, presentation), ...lock };
  const status = statusOf(found.selection);
  const { body } = found;
  switch (body.kind) {
    case 'empty':
      return { status, headers: { ...headers, 'Content-Length': '0' }, body };
    case 'bytes':
      return { status, headers, body };
    case 'stream':
      return {
        status,
        headers,
        body: { kind: 'stream', sizeBytes: body.sizeBytes, chunks: body.open(request.signal) },
      };
  }
};

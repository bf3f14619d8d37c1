import { headObject as findObject } from '../../services/objects/head-object.ts';
import { readSosapiObject } from '../../services/objects/sosapi-objects.ts';
import { lockHeaders } from '../http/object-lock-headers.ts';
import { parseRead } from '../http/parse-read.ts';
import { objectHeaders, statusOf } from '../http/present-object.ts';
import type { ObjectOperation } from '../operation.ts';

/** HeadObject: what GetObject would answer, without the bytes. */
export const headObject: ObjectOperation = async (context, request) => {
  const { asked, presentation } = await parseRead(context, request);
  const found = (await readSosapiObject(context, asked)) ?? (await findObject(context, asked));
  const { window } = found.selection;
  const headers = {
    ...objectHeaders(found, presentation),
    ...(await lockHeaders(context, request, request.target, found.object)),
    'Content-Length': String(window.end - window.start),
  };
  return { status: statusOf(found.selection), headers, body: { kind: 'empty' } };
};

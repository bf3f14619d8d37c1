import { useEffect, useState } from 'react';
import {
  afterRequest,
  type ContactProgress,
  getContactEvents,
  NO_CONTACT,
} from '../../../../src-server/contract/first-contact.ts';
import { urlOf } from '../../../lib/api.ts';
import { openEventStream } from '../../../lib/event-stream.ts';

/** Watches the requests that reach a bucket, or come with a key, while the page shows them. */
export function useContact(bucket: string, accessKeyId: string | undefined): ContactProgress {
  const [progress, setProgress] = useState(NO_CONTACT);
  useEffect(() => {
    setProgress(NO_CONTACT);
    const stream = openEventStream(urlOf(getContactEvents.path, { bucket }, { accessKeyId }), {
      onEvent: (event) => {
        if (event.kind === 'contact') setProgress((old) => afterRequest(old, event.request, bucket));
      },
    });
    return () => stream.close();
  }, [bucket, accessKeyId]);
  return progress;
}

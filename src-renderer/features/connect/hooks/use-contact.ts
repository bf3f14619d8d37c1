import { useEffect, useState } from 'react';
import { liveEventSchema } from '../../../../src-server/contract/events.ts';
import {
  afterRequest,
  type ContactProgress,
  getContactEvents,
  NO_CONTACT,
} from '../../../../src-server/contract/first-contact.ts';
import { urlOf } from '../../../lib/api.ts';

/** Watches the requests that reach a bucket, or come with a key, while the page shows them. */
export function useContact(bucket: string, accessKeyId: string | undefined): ContactProgress {
  const [progress, setProgress] = useState(NO_CONTACT);
  useEffect(() => {
    setProgress(NO_CONTACT);
    const source = new EventSource(urlOf(getContactEvents.path, { bucket }, { accessKeyId }));
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event = liveEventSchema.safeParse(JSON.parse(data)).data;
      if (event?.kind === 'contact') setProgress((old) => afterRequest(old, event.request, bucket));
    };
    return () => source.close();
  }, [bucket, accessKeyId]);
  return progress;
}

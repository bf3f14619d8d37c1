import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { postSelfTest, type SelfTestStep } from '../../../../src-server/contract/self-tests.ts';
import { call } from '../../../lib/api.ts';
import { onLiveEvent } from '../../../lib/live-events.ts';

interface SelfTestOf {
  readonly bucket: string;
  /** Without one the server makes a key for the run. */
  readonly accessKeyId: string | undefined;
}

/** Lets the server test itself; the steps come one by one while it runs. */
export function useSelfTest() {
  const [run, setRun] = useState('');
  const [steps, setSteps] = useState<readonly SelfTestStep[]>([]);
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind === 'self-test' && event.run === run) setSteps((old) => [...old, event.step]);
      }),
    [run],
  );
  const test = useMutation({
    mutationFn: async ({ bucket, accessKeyId }: SelfTestOf) => {
      // Not a secret: names the run among those of this user.
      const name = Math.random().toString(36).slice(2);
      setSteps([]);
      setRun(name);
      return call(postSelfTest, {
        body: { bucket, run: name, ...(accessKeyId === undefined ? {} : { accessKeyId }) },
      });
    },
  });
  // The answer has them all, also where the stream of events was broken.
  return { ...test, steps: test.data?.steps ?? steps };
}

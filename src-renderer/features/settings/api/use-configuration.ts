import { useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  type exportConfigurationSchema,
  type importConfigurationSchema,
  postConfigurationExport,
  postConfigurationImport,
} from '../../../../src-server/contract/configuration.ts';
import { call } from '../../../lib/api.ts';
import { saveBlob } from '../../../lib/save-text.ts';

/** Seals the configuration and saves it where the browser saves files. */
export function useExportConfiguration() {
  const client = useQueryClient();
  return useMutation({
    // The request holds a password and a passphrase: it is not kept.
    gcTime: 0,
    mutationFn: (body: z.input<typeof exportConfigurationSchema>) => call(postConfigurationExport, { body }),
    onSuccess: ({ fileName, file }) => {
      const bytes = Uint8Array.from(atob(file), (sign) => sign.charCodeAt(0));
      saveBlob(fileName, new Blob([bytes], { type: 'application/octet-stream' }));
      return client.invalidateQueries({ queryKey: ['settings', 'changes'] });
    },
  });
}

export interface GivenFile {
  readonly file: File;
  readonly passphrase: string;
}

/** Says what a file would do. */
export function useRehearseImport() {
  return useMutation({ gcTime: 0, mutationFn: (given: GivenFile) => send(given, 'rehearse') });
}

/** Takes a file in; everything that is shown is asked for anew. */
export function useApplyImport() {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (given: GivenFile) => send(given, 'apply'),
    onSuccess: () => void client.invalidateQueries(),
  });
}

async function send(
  { file, passphrase }: GivenFile,
  mode: z.input<typeof importConfigurationSchema>['mode'],
): ReturnType<typeof call<typeof postConfigurationImport>> {
  return call(postConfigurationImport, { body: { file: await toBase64(file), passphrase, mode } });
}

function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

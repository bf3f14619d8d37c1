import type { Share } from '../../../src-server/contract/shares.ts';

const DAY_MS = 86_400_000;

/** When a link ends, as it is chosen. */
export const EXPIRIES = ['day', 'week', 'month', 'date', 'never'] as const;
export type Expiry = (typeof EXPIRIES)[number];

/** The terms of a link while they are typed. Numbers as text; `''` is none. */
export interface TermsDraft {
  readonly expiry: Expiry;
  /** As `datetime-local` has it, in the viewer's zone. */
  readonly date: string;
  readonly password: string;
  readonly downloadLimit: string;
  readonly note: string;
  readonly label: string;
  /** In GB. */
  readonly maxGigabytes: string;
  readonly maxFiles: string;
  /** Endings, with anything between them. */
  readonly fileTypes: string;
}

export const NEW_DRAFT: TermsDraft = {
  expiry: 'week',
  date: '',
  password: '',
  downloadLimit: '',
  note: '',
  label: '',
  maxGigabytes: '10',
  maxFiles: '100',
  fileTypes: '',
};

/** What the API is given. */
export interface Terms {
  readonly expiresAtMs: number | null;
  readonly downloadLimit: number | null;
  readonly note: string;
  readonly label: string;
  readonly maxBytes: number | null;
  readonly maxFiles: number | null;
  readonly fileTypes: string[] | null;
}

export type DraftProblem = 'date' | 'downloadLimit' | 'maxGigabytes' | 'maxFiles' | 'password';

const GIGABYTE = 1_000_000_000;
const MIN_PASSWORD = 4;

/** What is wrong with the draft, or undefined. */
export function problemOf(draft: TermsDraft, isUpload: boolean, nowMs: number): DraftProblem | undefined {
  if (draft.expiry === 'date' && !(Date.parse(draft.date) > nowMs)) return 'date';
  if (draft.password !== '' && draft.password.length < MIN_PASSWORD) return 'password';
  if (!isUpload) return isWhole(draft.downloadLimit, 1_000_000) ? undefined : 'downloadLimit';
  const gigabytes = Number(draft.maxGigabytes.replace(',', '.'));
  if (draft.maxGigabytes !== '' && !(gigabytes > 0 && gigabytes <= 5000)) return 'maxGigabytes';
  return isWhole(draft.maxFiles, 100_000) ? undefined : 'maxFiles';
}

function isWhole(text: string, max: number): boolean {
  return text === '' || (/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= max);
}

/** The terms of a draft without a problem. */
export function termsOf(draft: TermsDraft, isUpload: boolean, nowMs: number): Terms {
  const endings = draft.fileTypes.toLowerCase().match(/[a-z0-9]{1,12}/g) ?? [];
  return {
    expiresAtMs: endOf(draft, nowMs),
    downloadLimit: isUpload || draft.downloadLimit === '' ? null : Number(draft.downloadLimit),
    note: draft.note.trim(),
    label: draft.label.trim(),
    maxBytes:
      isUpload && draft.maxGigabytes !== ''
        ? Math.round(Number(draft.maxGigabytes.replace(',', '.')) * GIGABYTE)
        : null,
    maxFiles: isUpload && draft.maxFiles !== '' ? Number(draft.maxFiles) : null,
    fileTypes: isUpload && endings.length > 0 ? endings.slice(0, 50) : null,
  };
}

function endOf(draft: TermsDraft, nowMs: number): number | null {
  switch (draft.expiry) {
    case 'day':
      return nowMs + DAY_MS;
    case 'week':
      return nowMs + 7 * DAY_MS;
    case 'month':
      return nowMs + 30 * DAY_MS;
    case 'date':
      return Date.parse(draft.date);
    case 'never':
      return null;
  }
}

/** The draft that an existing link stands for. */
export function draftOf(share: Share): TermsDraft {
  return {
    expiry: share.expiresAtMs === null ? 'never' : 'date',
    date: share.expiresAtMs === null ? '' : localMinute(share.expiresAtMs),
    password: '',
    downloadLimit: textOf(share.downloadLimit),
    note: share.note,
    label: share.label,
    maxGigabytes: share.maxBytes === null ? '' : String(share.maxBytes / GIGABYTE),
    maxFiles: textOf(share.maxFiles),
    fileTypes: share.fileTypes?.join(', ') ?? '',
  };
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}

function localMinute(atMs: number): string {
  const date = new Date(atMs);
  return new Date(atMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

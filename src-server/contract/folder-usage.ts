import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export const folderUsageQuerySchema = z.strictObject({
  prefix: z
    .string()
    .max(1024)
    .regex(/^$|\/$/)
    .default('')
    .describe('`` or whole, ending with /'),
});

const sums = { bytes: z.int(), versions: z.int() };

export const folderUsageSchema = z.strictObject({
  prefix: z.string(),
  folders: z
    .array(z.strictObject({ name: z.string().describe('`march/`'), ...sums }))
    .describe('at most 50, the largest first'),
  others: z.strictObject({ folders: z.int(), ...sums }).describe('the folders that are not listed, together'),
  files: z.strictObject(sums).describe('files in the folder itself'),
  totalBytes: z.int().describe('of all versions; folders, others and files add up to it'),
  totalVersions: z.int(),
  isComplete: z.boolean().describe('false: more than could be added up in five seconds, these are the first keys'),
  asOfMs: z.int(),
});
export type FolderUsage = z.infer<typeof folderUsageSchema>;

export const getFolderUsage = {
  name: 'getFolderUsage',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/folder-usage',
  tag: 'buckets',
  summary: 'What fills a folder of a bucket, by the folders in it: all versions, added up now',
  access: 'session',
  query: { schema: folderUsageQuerySchema, example: { prefix: '2026/' } },
  answers: {
    200: {
      description: 'Added up',
      contentType: 'application/json',
      schema: folderUsageSchema,
      example: {
        prefix: '2026/',
        folders: [{ name: 'march/', bytes: 30_000_000, versions: 12 }],
        others: { folders: 0, bytes: 0, versions: 0 },
        files: { bytes: 1_000_000, versions: 3 },
        totalBytes: 31_000_000,
        totalVersions: 15,
        isComplete: true,
        asOfMs: 1_789_000_000_000,
      },
    },
    403: errorAnswer('This user may not list the bucket', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;

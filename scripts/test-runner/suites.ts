/** A guard against a hang of one test, ms at scale 1. */
export const TEST_TIMEOUT_MS = 120_000;

/** A group of test files with one time cap. A file belongs to exactly one suite; `npm test NAME…` runs only those named. */
export interface Suite {
  readonly name: string;
  readonly folders: readonly string[];
  /** Files at once. */
  readonly concurrency: number;
  /** Cap in seconds at scale 1 on two cores: a guard against a hang, many times what the suite takes. */
  readonly capSeconds: number;
}

export const SUITES: readonly Suite[] = [
  {
    name: 'unit',
    folders: ['tests/architecture', 'tests/unit', 'tests/contract', 'tests/db', 'tests/jobs'],
    concurrency: 2,
    capSeconds: 180,
  },
  { name: 'console', folders: ['tests/console'], concurrency: 2, capSeconds: 300 },
  { name: 's3', folders: ['tests/s3'], concurrency: 2, capSeconds: 360 },
  { name: 'cli', folders: ['tests/contract-cli'], concurrency: 2, capSeconds: 180 },
  { name: 'storage', folders: ['tests/storage'], concurrency: 2, capSeconds: 720 },
  { name: 'clients', folders: ['tests/clients'], concurrency: 2, capSeconds: 300 },
  { name: 'desktop', folders: ['tests/desktop'], concurrency: 1, capSeconds: 240 },
  { name: 'e2e', folders: ['tests/e2e'], concurrency: 1, capSeconds: 900 },
  { name: 'bench', folders: ['tests/bench'], concurrency: 1, capSeconds: 120 },
];

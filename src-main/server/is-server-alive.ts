import * as z from 'zod';

const PATIENCE_MS = 5_000;
const readySchema = z.object({ status: z.enum(['ready', 'degraded', 'unavailable']) });

/** Does a Stowage server answer there? */
export async function isServerAlive(consoleUrl: string): Promise<boolean> {
  return (await readiness(consoleUrl)) !== 'silent';
}

/** What the server says of itself; `silent` where nobody answers. */
export async function readiness(consoleUrl: string): Promise<'ready' | 'degraded' | 'unavailable' | 'silent'> {
  try {
    const response = await fetch(new URL('/health/ready', consoleUrl), { signal: AbortSignal.timeout(PATIENCE_MS) });
    return readySchema.parse(await response.json()).status;
  } catch {
    return 'silent';
  }
}

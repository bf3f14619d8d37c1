import { type LoadPlan, type LoadResult, runLoad } from '../load/run-load.ts';
import { hostBusySeconds, type ProcessUse, watchProcess } from './process-facts.ts';

export interface WatchedLoad extends LoadResult {
  readonly server: ProcessUse | undefined;
  /** Cores that neither the watched process nor this one kept busy; undefined where that cannot be known. */
  readonly otherCores: number | undefined;
}

/** Runs a load and watches the process that serves it, and how much of this host others used meanwhile. */
export async function runWatched(plan: LoadPlan, pid: number | undefined): Promise<WatchedLoad> {
  const watch = watchProcess(pid);
  const busyBefore = hostBusySeconds();
  const begun = performance.now();
  const result = await runLoad(plan);
  const elapsed = (performance.now() - begun) / 1000;
  const busyAfter = hostBusySeconds();
  const server = watch.end();
  if (server === undefined || busyBefore === undefined || busyAfter === undefined) {
    return { ...result, server, otherCores: undefined };
  }
  const otherCores = (busyAfter - busyBefore) / elapsed - server.cores - result.generatorCores;
  return { ...result, server, otherCores: Math.max(0, otherCores) };
}

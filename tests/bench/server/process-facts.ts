import { readFileSync } from 'node:fs';

/** Linux counts CPU time for user space in 1/100 s whatever the kernel's own tick. */
const TICKS_PER_SECOND = 100;

export interface ProcessFacts {
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  readonly peakRssBytes: number;
  /** Bytes this process caused to be written to disks. */
  readonly writtenBytes: number;
}

/** Reads a process from /proc; undefined where there is none (other systems, or it ended). */
export function readProcessFacts(pid: number): ProcessFacts | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const io = readFileSync(`/proc/${pid}/io`, 'utf8');
    // The command name may hold spaces; fields count from the closing parenthesis.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      rssBytes: numberAfter(status, 'VmRSS:') * 1024,
      peakRssBytes: numberAfter(status, 'VmHWM:') * 1024,
      writtenBytes: numberAfter(io, 'write_bytes:'),
    };
  } catch {
    return undefined;
  }
}

function numberAfter(text: string, name: string): number {
  return Number(new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN);
}

/** CPU seconds that all processes of this host have used, with what its own host took away; undefined without /proc. */
export function hostBusySeconds(): number | undefined {
  try {
    const [, user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8').split(/\s+/, 9);
    const ticks = [user, nice, system, irq, softirq, steal].map(Number);
    return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

export interface ProcessUse {
  /** Cores kept busy on average. */
  readonly cores: number;
  /** Highest resident set seen while sampling. */
  readonly peakRssBytes: number;
}

const SAMPLE_MS = 100;

/** Watches a process from now until `end`. */
export function watchProcess(pid: number | undefined): { end(): ProcessUse | undefined } {
  const first = pid === undefined ? undefined : readProcessFacts(pid);
  if (pid === undefined || first === undefined) return { end: () => undefined };
  const begun = performance.now();
  let peakRssBytes = first.rssBytes;
  const sample = (): ProcessFacts | undefined => {
    const facts = readProcessFacts(pid);
    if (facts !== undefined) peakRssBytes = Math.max(peakRssBytes, facts.rssBytes);
    return facts;
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    end: () => {
      clearInterval(timer);
      const last = sample();
      if (last === undefined) return undefined;
      const elapsed = (performance.now() - begun) / 1000;
      return { cores: (last.cpuSeconds - first.cpuSeconds) / elapsed, peakRssBytes };
    },
  };
}

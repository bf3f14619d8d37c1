import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MetricsRegistry } from './metrics.ts';

/** Memory, CPU, event-loop delay and version of this process. Call once, on the main thread. */
export function registerProcessGauges(registry: MetricsRegistry, version: string): void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const one = (value: number) => [{ labels: [], value }];
  registry.gauge('stowage_build_info', 'Version that runs', () => [{ labels: [version], value: 1 }], ['version']);
  registry.gauge('process_resident_memory_bytes', 'Resident memory', () => one(process.memoryUsage.rss()));
  registry.gauge('process_cpu_seconds_total', 'CPU time used', () => {
    const { user, system } = process.cpuUsage();
    return one((user + system) / 1e6);
  });
  registry.gauge('process_start_time_seconds', 'Start, seconds since 1970', () =>
    one(Date.now() / 1000 - process.uptime()),
  );
  registry.gauge(
    'stowage_event_loop_delay_p99_seconds',
    '99th percentile of event-loop delay since the last read',
    () => {
      const seconds = delay.percentile(99) / 1e9;
      delay.reset();
      return one(seconds);
    },
  );
}

import { ProgressBar } from 'react-aria-components';

interface ProgressProps {
  readonly label: string;
  readonly sentBytes: number;
  readonly totalBytes: number;
  readonly isStill?: boolean;
}

/** A bar of what was sent. Nothing to send counts as all sent. */
export function Progress({ label, sentBytes, totalBytes, isStill = false }: ProgressProps) {
  const percent = totalBytes === 0 ? 100 : Math.min(100, (100 * sentBytes) / totalBytes);
  return (
    <ProgressBar aria-label={label} value={percent} className="h-1.5 w-full overflow-hidden rounded-full bg-sunken">
      <div className={`h-full ${isStill ? 'bg-unknown' : 'bg-accent'}`} style={{ width: `${percent}%` }} />
    </ProgressBar>
  );
}

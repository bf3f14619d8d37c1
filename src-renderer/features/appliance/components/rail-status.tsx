import { StatusWord } from '../../../components/status-word.tsx';
import { useStatus } from '../api/use-status.ts';

/** How the whole appliance is, at the foot of the rail. */
export function RailStatus() {
  const status = useStatus();
  return (
    <p role="status" className="hidden h-9 items-center px-2.5 sm:flex" data-testid="appliance-status">
      <span className="lg:hidden">
        <StatusWord status={status} compact />
      </span>
      <span className="hidden lg:inline">
        <StatusWord status={status} />
      </span>
    </p>
  );
}

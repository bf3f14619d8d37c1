import { lazy, Suspense, useEffect } from 'react';
import { startTransfers, useTransfers } from '../start.ts';

const Card = lazy(async () => ({ default: (await import('./transfer-card.tsx')).TransferCard }));
const Pill = lazy(async () => ({ default: (await import('./transfer-pill.tsx')).TransferPill }));

/** Stands on every page; loads what it shows with the first transfer. Goes on with those of an earlier visit. */
export function TransferCardSlot({ userName }: { readonly userName: string }) {
  const { session } = useTransfers();
  useEffect(() => void startTransfers(userName), [userName]);
  return session === undefined ? null : (
    <Suspense fallback={null}>
      <Card session={session} />
    </Suspense>
  );
}

/** In the top bar: speed, and the way to the page. */
export function TransferPillSlot() {
  const { session } = useTransfers();
  return session === undefined ? null : (
    <Suspense fallback={null}>
      <Pill session={session} />
    </Suspense>
  );
}

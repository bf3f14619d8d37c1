import type { ScratchExtent } from '../../db/sqlite/salvage-scratch.ts';

/** A whole body put together from its extents, in order. */
export interface SalvagedBody {
  readonly bucket: string;
  readonly key: string;
  /** As it stands in the extents: of the version, or the upload's id for multipart. */
  readonly versionId: string;
  readonly createdMs: number;
  readonly sizeBytes: number;
  readonly envelope: Buffer;
  readonly extents: readonly ScratchExtent[];
}

interface Growing {
  readonly extents: ScratchExtent[];
  end: number;
  complete: boolean;
}

/**
 * Puts the extents of one version of one key (any part numbers) together. Extents know their offset in their body and
 * whether they are its last; those of a body carry the same data key. Of a part that was uploaded twice the newest counts.
 *
 * @param extents sorted by part number, then offset
 * @returns the bodies that are complete; `incomplete` counts the extents that belong to none
 */
export function assembleBodies(extents: readonly ScratchExtent[]): {
  readonly bodies: SalvagedBody[];
  readonly incomplete: number;
} {
  const wholes = chainsOf(extents.filter((extent) => extent.part_number === 0));
  const parts = extents.filter((extent) => extent.part_number > 0);
  const bodies = wholes.filter((chain) => chain.complete).map((chain) => bodyOf(chain.extents));
  const multipart = newestParts(parts);
  if (multipart.length > 0) bodies.push(bodyOf(multipart));
  const used = bodies.reduce((sum, body) => sum + body.extents.length, 0);
  return { bodies, incomplete: extents.length - used };
}

function newestParts(parts: readonly ScratchExtent[]): ScratchExtent[] {
  const numbers = [...new Set(parts.map((extent) => extent.part_number))].sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const complete = chainsOf(parts.filter((extent) => extent.part_number === number)).filter((one) => one.complete);
    return complete.sort((a, b) => createdMs(a.extents) - createdMs(b.extents)).at(-1)?.extents ?? [];
  });
}

function chainsOf(extents: readonly ScratchExtent[]): Growing[] {
  const chains: Growing[] = [];
  for (const extent of extents) {
    const chain = extent.body_offset === 0 ? start(chains) : bestFor(chains, extent);
    if (chain === undefined) continue;
    chain.extents.push(extent);
    chain.end += extent.plain_length;
    chain.complete = extent.last_of_body === 1;
  }
  return chains;
}

function start(chains: Growing[]): Growing {
  const chain = { extents: [], end: 0, complete: false };
  chains.push(chain);
  return chain;
}

/** Of the chains that end where the extent begins, under the same data key, the one written nearest to it. */
function bestFor(chains: readonly Growing[], extent: ScratchExtent): Growing | undefined {
  const distance = (chain: Growing): number => Math.abs(createdMs(chain.extents) - extent.created_ms);
  return chains
    .filter((chain) => !chain.complete && chain.end === extent.body_offset)
    .filter((chain) => chain.extents[0]?.envelope.equals(extent.envelope) === true)
    .sort((a, b) => distance(a) - distance(b))[0];
}

function bodyOf(extents: readonly ScratchExtent[]): SalvagedBody {
  const first = extents[0];
  if (first === undefined) throw new Error('a body without extents');
  return {
    bucket: first.bucket,
    key: first.key,
    versionId: first.version_id,
    createdMs: createdMs(extents),
    sizeBytes: extents.reduce((sum, extent) => sum + extent.plain_length, 0),
    envelope: first.envelope,
    extents,
  };
}

function createdMs(extents: readonly ScratchExtent[]): number {
  return extents.reduce((latest, extent) => Math.max(latest, extent.created_ms), 0);
}

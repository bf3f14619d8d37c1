/**
 * Smart Object Storage API 1.0 of Veeam: two objects in every bucket that tell a backup program what it talks to and how much room there
 * is. They are made when they are read, stand in no listing and cannot be written.
 */
const SOSAPI_PREFIX = '.system-d26a9498-cb7c-4a87-a44a-8ae204f5ba6c/';

/** The two objects. */
export type SosapiObject = 'system' | 'capacity';

/** Which of the two a key names; `reserved`: neither, but under their prefix; undefined for any other key. */
export function sosapiObjectOf(key: string): SosapiObject | 'reserved' | undefined {
  if (!key.startsWith(SOSAPI_PREFIX)) return undefined;
  const name = key.slice(SOSAPI_PREFIX.length);
  if (name === 'system.xml') return 'system';
  return name === 'capacity.xml' ? 'capacity' : 'reserved';
}

/** Room as a backup program should count on it. */
export interface SosapiCapacity {
  readonly capacityBytes: number;
  readonly availableBytes: number;
  readonly usedBytes: number;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `system.xml`: what we can. The quotes around version and model are part of the format. No recommendations: those need Veeam's approval. */
export function systemXml(): string {
  return (
    `${DECLARATION}<SystemInfo><ProtocolVersion>"1.0"</ProtocolVersion><ModelName>"Stowage"</ModelName>` +
    '<ProtocolCapabilities><CapacityInfo>true</CapacityInfo><UploadSessions>false</UploadSessions>' +
    '<IAMSTS>false</IAMSTS></ProtocolCapabilities></SystemInfo>'
  );
}

/** `capacity.xml`, in bytes. */
export function capacityXml({ capacityBytes, availableBytes, usedBytes }: SosapiCapacity): string {
  return (
    `${DECLARATION}<CapacityInfo><Capacity>${capacityBytes}</Capacity><Available>${availableBytes}</Available>` +
    `<Used>${usedBytes}</Used></CapacityInfo>`
  );
}

/** A limit with what is used of it. */
export interface RoomLimit {
  readonly limitBytes: number;
  readonly usedBytes: number;
}

/**
 * The least of the limits that hold: what the bucket may have, what its tenant may have, what the disks can take. The available room is the
 * least that any of them leaves; the capacity is that and what the bucket has, so that the three numbers add up.
 */
export function leastRoom(
  bucketUsedBytes: number,
  poolFreeBytes: number,
  quotas: readonly RoomLimit[],
): SosapiCapacity {
  const left = quotas.map(({ limitBytes, usedBytes }) => Math.max(0, limitBytes - usedBytes));
  const availableBytes = Math.max(0, Math.min(poolFreeBytes, ...left));
  return { capacityBytes: bucketUsedBytes + availableBytes, availableBytes, usedBytes: bucketUsedBytes };
}

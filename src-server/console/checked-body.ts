import { Failure } from '../domain/failure.ts';
import type { IncomingBody } from '../services/objects/incoming-body.ts';

/** The same body, refused where its bytes have another CRC64NVME than the page computed. */
export function checkedBody(body: IncomingBody, crc64nvme: string): IncomingBody {
  return {
    sizeBytes: body.sizeBytes,
    neededDigests: ['CRC64NVME'],
    checksumAlgorithm: 'CRC64NVME',
    chunks: () => body.chunks(),
    verify: (computed) => {
      const found = Buffer.from(computed.CRC64NVME ?? []).toString('base64');
      if (found !== crc64nvme) throw new Failure('BadDigest');
      return body.verify(computed);
    },
  };
}

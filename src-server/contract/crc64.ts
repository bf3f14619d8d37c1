/** The checksum of a whole from those of its parts, for the page that sends the parts. */
export { type CrcPiece, combineCrcs } from '../domain/crc-combine.ts';

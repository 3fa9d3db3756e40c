// The run file, byte by byte. Append-only; every block's hash covers the hash before it, so one changed byte
// anywhere breaks the chain from there on (technical rules: process data must be kept unalterable and traceable).
//
//   "JTRUN1\n" | u32 length | header JSON (UTF-8) | SHA-256(all before)
//   block: u8 type | u32 seq | u64 tMono ns | f64 tWall ms | u32 length | payload | SHA-256(previous || block)
//
// All numbers big-endian. A run without a seal block was interrupted; it is readable to its last whole block.
import { createHash } from 'node:crypto';

export const MAGIC = Buffer.from('JTRUN1\n', 'ascii');
export const HASH_LENGTH = 32;
export const BLOCK_HEADER_LENGTH = 1 + 4 + 8 + 8 + 4;
/** Longest payload a reader believes; anything above is a damaged length field. */
export const MAX_PAYLOAD = 16 * 1024 * 1024;

export const BLOCK_BYTES = 1;
export const BLOCK_EVENT = 2;
export const BLOCK_SEAL = 3;
export type BlockType = typeof BLOCK_BYTES | typeof BLOCK_EVENT | typeof BLOCK_SEAL;

export interface Block {
  type: BlockType;
  seq: number;
  monoNs: bigint;
  wallMs: number;
  payload: Buffer;
}

export function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function encodeHeader(header: unknown): { bytes: Buffer; hash: Buffer } {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  const hash = sha256(MAGIC, length, json);
  return { bytes: Buffer.concat([MAGIC, length, json, hash]), hash };
}

export function encodeBlock(block: Block, previousHash: Buffer): { bytes: Buffer; hash: Buffer } {
  const head = Buffer.alloc(BLOCK_HEADER_LENGTH);
  head.writeUInt8(block.type, 0);
  head.writeUInt32BE(block.seq, 1);
  head.writeBigUInt64BE(block.monoNs, 5);
  head.writeDoubleBE(block.wallMs, 13);
  head.writeUInt32BE(block.payload.length, 21);
  const hash = sha256(previousHash, head, block.payload);
  return { bytes: Buffer.concat([head, block.payload, hash]), hash };
}

// The bytes behind one sample of a run file. The block it arrived in is fed byte by byte to a decoder of its own that has
// joined the stream a little earlier: the byte at which the sample comes out ends its frame.
import type { BoundDriver } from '../drivers/driver.ts';
import { driverOfRun, parseEvent } from './run-file.ts';
import type { RunFile } from './run-file.ts';
import { BLOCK_BYTES } from './run-format.ts';
import type { Block } from './run-format.ts';
import { SampleDecoder } from './sample-decoder.ts';

/** Blocks of bytes that the second decoder hears first, so that it stands in the stream. */
const LEAD_BLOCKS = 4;
/** Shown of a block on each side of the frame. */
const MOST_BYTES = 72;

export interface FramePiece {
  block: number;
  monoNs: bigint;
  bytes: Buffer;
  /** Bytes of the block that stand before the piece. */
  skipped: number;
  /** Of the piece: from, up to. */
  frame: [number, number] | null;
}

export function frameOf(
  file: RunFile,
  { arrivals, texts }: { arrivals: readonly bigint[]; texts: (index: number) => string | undefined },
  index: number,
): FramePiece[] {
  const arrival = arrivals[index];
  if (arrival === undefined) return [];
  const blocks = file.blocks.filter(({ type }) => type === BLOCK_BYTES);
  const first = arrivals.findIndex((each) => each === arrival);
  const count = arrivals.findLastIndex((each) => each === arrival) - first + 1;
  // Two chunks of the same moment cannot be told apart by their time; then the block is shown without a frame.
  const same = blocks.filter(({ monoNs }) => monoNs === arrival);
  const at = blocks.findIndex(({ monoNs }) => monoNs === arrival);
  if (at < 0) return [];
  const frames = same.length === 1 ? framesIn(file, blocks, at) : null;
  const found = frames !== null && frames.length >= count ? frames[index - first] : undefined;
  // A detector that has done stops in the middle of a block; what was decoded must be what is looked for all the same.
  const frame = found !== undefined && found.text === texts(index) ? found.range : null;
  return [at - 1, at, at + 1].flatMap((each) => {
    const block = blocks[each];
    if (block === undefined) return [];
    return [cut(block, each === at ? frame : null, each < at ? 'end' : 'begin')];
  });
}

interface FoundFrame {
  range: [number, number];
  text: string;
}

/** For every sample of a block, the bytes of its frame. */
function framesIn(file: RunFile, blocks: readonly Block[], at: number): FoundFrame[] {
  const driver = driverOfRun(file);
  // As the run's own decoder joins it: a run begins in the middle of the stream too.
  const joinStream = driver.runs || driver.streams || driver.tailLooksWhole === true;
  let length = 0;
  const listening: BoundDriver = {
    ...driver,
    decode: (frame) => {
      length = frame.wireLength;
      return driver.decode(frame);
    },
  };
  const decoder = new SampleDecoder(listening, { joinStream, headerFrames: 0 });
  const from = at < LEAD_BLOCKS ? 0 : (blocks[at - LEAD_BLOCKS] as Block).seq;
  const wanted = blocks[at] as Block;
  const frames: FoundFrame[] = [];
  for (const block of file.blocks.slice(from, wanted.seq + 1)) {
    const event = parseEvent(block);
    if (event?.event === 'ask') decoder.ask();
    else if (event?.event === 'no-answer') decoder.hangUp();
    if (block.type !== BLOCK_BYTES) continue;
    if (block !== wanted) {
      decoder.feed(block.payload, block.monoNs);
      continue;
    }
    for (let byte = 0; byte < block.payload.length; byte += 1) {
      const { samples } = decoder.feed(block.payload.subarray(byte, byte + 1), block.monoNs);
      // A frame may have begun in the block before.
      for (const { text } of samples) frames.push({ range: [Math.max(0, byte + 1 - length), byte + 1], text });
    }
  }
  return frames;
}

function cut(block: Block, frame: [number, number] | null, side: 'begin' | 'end'): FramePiece {
  const { seq, monoNs, payload } = block;
  const from = frame
    ? Math.max(0, frame[0] - MOST_BYTES)
    : side === 'end'
      ? Math.max(0, payload.length - MOST_BYTES)
      : 0;
  const to = Math.min(payload.length, (frame ? frame[1] : from) + MOST_BYTES);
  return {
    block: seq,
    monoNs,
    bytes: payload.subarray(from, to),
    skipped: from,
    frame: frame && [frame[0] - from, frame[1] - from],
  };
}

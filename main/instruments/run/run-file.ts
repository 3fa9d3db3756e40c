// Reader and verifier of run files. It names the first fault and never repairs anything: a file that was cut off
// is read to its last whole block and called interrupted, a file that was changed is called damaged.
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BoundDriver } from '../drivers/driver.ts';
import { bindDriver } from '../drivers/index.ts';
import { makeDetector } from '../detectors/index.ts';
import type { LoadingParams } from '../detectors/loading.ts';
import {
  BLOCK_BYTES,
  BLOCK_EVENT,
  BLOCK_HEADER_LENGTH,
  BLOCK_SEAL,
  HASH_LENGTH,
  MAGIC,
  MAX_PAYLOAD,
} from './run-format.ts';
import { sha256 } from './run-format.ts';
import type { Block, BlockType } from './run-format.ts';
import { describeDifference, differences, otherVersion } from './run-compare.ts';
import type { RunDifference } from './run-compare.ts';
import { RunDecoder } from './run-decoder.ts';
import { EXTENSION_SCALE, LOAD_SCALE, TIME_SCALE } from './sample.ts';
import type { ValueEvent } from './sample.ts';
import { summarise } from './run-summary.ts';
import type { RunEnding, RunFileEvent, RunHeader, RunSummary, SealedSummary } from './run-types.ts';

export interface RunFault {
  /** `header`, `block 12`, `seal`, `tail`, `name`, `digest`. */
  at: string;
  offset: number;
  /** Chinese sentence. */
  message: string;
}

/** `armed`: a header and no data – nothing was ever loaded. */
export type RunFileState = 'sealed' | 'interrupted' | 'armed' | 'damaged';

export interface RunFile {
  path: string;
  state: RunFileState;
  header: RunHeader | null;
  blocks: Block[];
  seal: SealedSummary | null;
  /** Hex of the last good chain hash. */
  rawDigest: string;
  /** Bytes after the last whole block. */
  trailingBytes: number;
  fault: RunFault | null;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

/** Reads and checks a whole file. Throws only when the file cannot be read at all. */
export async function readRunFile(path: string): Promise<RunFile> {
  return parseRunFile(path, await readFile(path));
}

export function parseRunFile(path: string, data: Buffer): RunFile {
  const file: RunFile = {
    path,
    state: 'damaged',
    header: null,
    blocks: [],
    seal: null,
    rawDigest: '',
    trailingBytes: data.length,
    fault: null,
  };
  const damaged = (at: string, offset: number, message: string): RunFile => {
    file.fault = { at, offset, message };
    file.trailingBytes = data.length - offset;
    return file;
  };
  const prefix = MAGIC.length + 4;
  if (data.length < prefix || !data.subarray(0, MAGIC.length).equals(MAGIC)) {
    return damaged('header', 0, '不是试验数据文件，或文件头残缺。');
  }
  const headerLength = data.readUInt32BE(MAGIC.length);
  const headerEnd = prefix + headerLength;
  if (headerLength > MAX_PAYLOAD || headerEnd + HASH_LENGTH > data.length) {
    return damaged('header', MAGIC.length, '文件头残缺。');
  }
  let hash = sha256(data.subarray(0, headerEnd));
  if (!hash.equals(data.subarray(headerEnd, headerEnd + HASH_LENGTH))) {
    return damaged('header', 0, '文件头与其校验值不符，文件头被改动过。');
  }
  file.header = parseJson(data.subarray(prefix, headerEnd)) as RunHeader | null;
  if (file.header?.format !== 'jiantai-run') return damaged('header', prefix, '文件头内容无法识别。');
  file.rawDigest = hash.toString('hex');
  let offset = headerEnd + HASH_LENGTH;
  while (offset < data.length) {
    const at = `block ${file.blocks.length}`;
    if (file.seal) return damaged('tail', offset, `封存块之后还有 ${data.length - offset} 个字节。`);
    if (data.length - offset < BLOCK_HEADER_LENGTH) break;
    const type = data.readUInt8(offset);
    const seq = data.readUInt32BE(offset + 1);
    const length = data.readUInt32BE(offset + 21);
    if (type < BLOCK_BYTES || type > BLOCK_SEAL || seq !== file.blocks.length || length > MAX_PAYLOAD) {
      return damaged(at, offset, `第 ${file.blocks.length} 块的块头不合理（类型、序号或长度），数据被改动过。`);
    }
    const end = offset + BLOCK_HEADER_LENGTH + length;
    if (end + HASH_LENGTH > data.length) break;
    const next = sha256(hash, data.subarray(offset, end));
    if (!next.equals(data.subarray(end, end + HASH_LENGTH))) {
      return damaged(at, offset, `第 ${seq} 块与其校验值不符，数据被改动过。`);
    }
    hash = next;
    const payload = data.subarray(offset + BLOCK_HEADER_LENGTH, end);
    const block: Block = {
      type: type as BlockType,
      seq,
      monoNs: data.readBigUInt64BE(offset + 5),
      wallMs: data.readDoubleBE(offset + 13),
      payload,
    };
    file.blocks.push(block);
    file.rawDigest = hash.toString('hex');
    offset = end + HASH_LENGTH;
    if (type === BLOCK_SEAL) {
      file.seal = parseJson(payload) as SealedSummary | null;
      if (!file.seal) return damaged('seal', offset, '封存块内容无法识别。');
    }
  }
  file.trailingBytes = data.length - offset;
  file.state = file.seal ? 'sealed' : file.blocks.length === 0 ? 'armed' : 'interrupted';
  return file;
}

export interface RunVerdict {
  ok: boolean;
  state: RunFileState;
  rawDigest: string;
  fault: RunFault | null;
}

/** Checks the chain, the seal, the name and – when the record holds one – the digest. An interrupted file is
 *  whole as far as it goes: `ok` is true and `state` says that it ends early. */
export async function verifyRunFile(path: string, expectedDigest?: string): Promise<RunVerdict> {
  const file = await readRunFile(path);
  let fault = bytesFault(file, expectedDigest);
  if (!fault && file.seal) fault = compareSeal(file);
  return { ok: fault === null, state: fault ? 'damaged' : file.state, rawDigest: file.rawDigest, fault };
}

/** What is wrong with the bytes as such: the chain, the name, the digest that the record holds. */
export function bytesFault(file: RunFile, expectedDigest?: string): RunFault | null {
  if (file.fault) return file.fault;
  if (file.header && basename(file.path) !== `${file.header.runId}.run`) {
    return { at: 'name', offset: 0, message: `文件名与文件内的试验编号 ${file.header.runId} 不符。` };
  }
  if (expectedDigest === undefined || expectedDigest === file.rawDigest) return null;
  return { at: 'digest', offset: 0, message: '文件自身完整，但与原始记录中保存的校验值不符，不是同一份数据。' };
}

/** The sealed numbers must follow from the sealed bytes. */
function compareSeal(file: RunFile): RunFault | null {
  if (otherVersion(file) !== null) return null;
  const [first] = differences(file.seal as SealedSummary, recompute(file));
  return first ? { at: 'seal', offset: 0, message: describeDifference(first) } : null;
}

export function driverOfRun(file: RunFile): BoundDriver {
  const header = file.header as RunHeader;
  return bindDriver(header.driver.id, header.profile ?? undefined);
}

/** What an event block says; null for bytes and the seal. */
export function parseEvent(block: Block): RunFileEvent | null {
  return block.type === BLOCK_EVENT ? (parseJson(block.payload) as RunFileEvent | null) : null;
}

/** Bytes and events of a file through the one decoder. */
export function decodeRun(file: RunFile): { decoder: RunDecoder; ending: RunEnding } {
  const { detector } = file.header as RunHeader;
  // The stamp holds every parameter as it was written.
  const params = { ...detector.params } as unknown as LoadingParams;
  const events = file.blocks.map(parseEvent);
  // The idle noise is measured up to the start of loading, later than the header is written.
  const start = events.find((event) => event?.event === 'start');
  const end = events.findLast((event) => event?.event === 'end');
  if (start?.event === 'start') {
    params.sigma_kN = start.sigma_kN;
    params.zero_kN = start.zero_kN;
  }
  const decoder = new RunDecoder(driverOfRun(file), makeDetector(detector.id, params));
  for (const [index, block] of file.blocks.entries()) {
    const event = events[index];
    if (event) decoder.note(event);
    else if (block.type === BLOCK_BYTES) decoder.feed(block.payload, block.monoNs);
  }
  return { decoder, ending: end?.event === 'end' ? end.ending : { cause: 'interrupted' } };
}

function recompute(file: RunFile): RunSummary {
  const { decoder, ending } = decodeRun(file);
  return { ...summarise(file.header as RunHeader, decoder, ending), rawDigest: file.rawDigest };
}

/** The summary computed anew from the bytes; equals the sealed one unless somebody changed something. For an
 *  interrupted file this is the summary to adopt. Throws when the header cannot be read. */
export async function recomputeRun(path: string): Promise<RunSummary> {
  const file = await readRunFile(path);
  if (!file.header) throw new Error(file.fault?.message ?? '文件头残缺。');
  return recompute(file);
}

/** A run file beside what its bytes say today. */
export interface RunReplay {
  file: RunFile;
  recomputed: RunSummary | null;
  /** Null where there is no seal to compare with, or no way to compute. */
  differences: RunDifference[] | null;
  /** Set where the seal was made by another version of driver or algorithm. */
  otherVersion: { sealed: string; program: string } | null;
  /** The readings of a log, in order. */
  readings: readonly ValueEvent[] | null;
}

/** Recomputes any run file, sealed or not; a damaged one only as far as its header allows. */
export async function replayRun(path: string): Promise<RunReplay> {
  const file = await readRunFile(path);
  if (!file.header || file.blocks.length === 0) {
    return { file, recomputed: null, differences: null, otherVersion: null, readings: null };
  }
  const { decoder, ending } = decodeRun(file);
  const recomputed = { ...summarise(file.header, decoder, ending), rawDigest: file.rawDigest };
  return {
    file,
    recomputed,
    differences: file.seal ? differences(file.seal, recomputed) : null,
    otherVersion: otherVersion(file),
    readings: decoder.readings,
  };
}

export interface RunCurve {
  /** Seconds from the start of loading; pre-history is negative. */
  time_s: Float64Array;
  load_kN: Float64Array;
  displacement_mm: Float64Array;
  extension_mm: Float64Array;
}

/** The stored curve, for charts and pictures. */
export async function readRunCurve(path: string): Promise<RunCurve> {
  const { samples, startIndex } = decodeRun(await readRunFile(path)).decoder.detector;
  const zero = samples[startIndex]?.t_us ?? samples[0]?.t_us ?? 0;
  return {
    time_s: Float64Array.from(samples, (sample) => (sample.t_us - zero) / TIME_SCALE),
    load_kN: Float64Array.from(samples, (sample) => sample.load / LOAD_SCALE),
    displacement_mm: Float64Array.from(samples, (sample) => sample.displacement),
    extension_mm: Float64Array.from(samples, (sample) => sample.extension / EXTENSION_SCALE),
  };
}

export interface ScannedRun {
  path: string;
  runId: string;
  state: RunFileState;
  header: RunHeader | null;
  /** As sealed; recomputed with validity `interrupted` where there is no seal. */
  summary: RunSummary | null;
  fault: RunFault | null;
}

/** Every run file of a folder, so that a core that was killed can adopt what the records do not know yet. */
export async function scanRunFiles(folder: string): Promise<ScannedRun[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.run')).sort();
  const found: ScannedRun[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const file = await readRunFile(path);
    let summary: RunSummary | null = null;
    if (file.state === 'sealed' && file.seal) summary = { ...file.seal, rawDigest: file.rawDigest };
    else if (file.state === 'interrupted') summary = recompute(file);
    found.push({ path, runId: name.slice(0, -4), state: file.state, header: file.header, summary, fault: file.fault });
  }
  return found;
}

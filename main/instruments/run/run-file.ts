// Reader and verifier of run files. It names the first fault and never repairs anything: a file that was cut off
// is read to its last whole block and called interrupted, a file that was changed is called damaged.
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BoundDriver } from '../drivers/driver.ts';
import { bindDriver } from '../drivers/index.ts';
import { detectorVersion, makeDetector } from '../detectors/index.ts';
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
import { RunDecoder } from './run-decoder.ts';
import { LOAD_SCALE, TIME_SCALE } from './sample.ts';
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
  let fault = file.fault;
  if (!fault && file.header && basename(path) !== `${file.header.runId}.run`) {
    fault = { at: 'name', offset: 0, message: `文件名与文件内的试验编号 ${file.header.runId} 不符。` };
  }
  if (!fault && expectedDigest !== undefined && expectedDigest !== file.rawDigest) {
    fault = { at: 'digest', offset: 0, message: '文件自身完整，但与原始记录中保存的校验值不符，不是同一份数据。' };
  }
  if (!fault && file.seal) fault = compareSeal(file);
  return { ok: fault === null, state: fault ? 'damaged' : file.state, rawDigest: file.rawDigest, fault };
}

/** The sealed numbers must follow from the sealed bytes. */
function compareSeal(file: RunFile): RunFault | null {
  const sealed = file.seal as SealedSummary;
  // Another version of the algorithm or driver may rightly read the same bytes differently: that is a matter for
  // a recomputation with both kept, not a fault of the file.
  const driver = (file.header as RunHeader).driver;
  if (sealed.algorithm.version !== detectorVersion(sealed.algorithm.id) || bindOf(file).version !== driver.version)
    return null;
  const again = recompute(file);
  for (const key of ['peak', 'peakAt_s', 'loadingRate_kN_per_s', 'sampleCount', 'validity', 'rejectedBytes'] as const) {
    if (sealed[key] === again[key]) continue;
    const message = `由原始字节重新计算的 ${key}（${String(again[key])}）与封存值（${String(sealed[key])}）不符。`;
    return { at: 'seal', offset: 0, message };
  }
  const [before, after] = [sealed.derived ?? [], again.derived ?? []].map((values) => JSON.stringify(values));
  if (before === after) return null;
  const message = `由原始字节重新计算的曲线特征值（${after}）与封存值（${before}）不符。`;
  return { at: 'seal', offset: 0, message };
}

function bindOf(file: RunFile): BoundDriver {
  const header = file.header as RunHeader;
  return bindDriver(header.driver.id, header.profile ?? undefined);
}

function decodeRun(file: RunFile): { decoder: RunDecoder; ending: RunEnding } {
  const { detector } = file.header as RunHeader;
  // The stamp holds every parameter as it was written.
  const params = { ...detector.params } as unknown as LoadingParams;
  const events = file.blocks
    .filter((block) => block.type === BLOCK_EVENT)
    .map((block) => parseJson(block.payload) as RunFileEvent | null);
  // The idle noise is measured up to the start of loading, later than the header is written.
  const start = events.find((event) => event?.event === 'start');
  const end = events.findLast((event) => event?.event === 'end');
  if (start?.event === 'start') {
    params.sigma_kN = start.sigma_kN;
    params.zero_kN = start.zero_kN;
  }
  const decoder = new RunDecoder(bindOf(file), makeDetector(detector.id, params));
  for (const block of file.blocks) if (block.type === BLOCK_BYTES) decoder.feed(block.payload, block.monoNs);
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

export interface RunCurve {
  /** Seconds from the start of loading; pre-history is negative. */
  time_s: Float64Array;
  load_kN: Float64Array;
  displacement_mm: Float64Array;
}

/** The stored curve, for charts and pictures. */
export async function readRunCurve(path: string): Promise<RunCurve> {
  const { samples, startIndex } = decodeRun(await readRunFile(path)).decoder.detector;
  const zero = samples[startIndex]?.t_us ?? samples[0]?.t_us ?? 0;
  return {
    time_s: Float64Array.from(samples, (sample) => (sample.t_us - zero) / TIME_SCALE),
    load_kN: Float64Array.from(samples, (sample) => sample.load / LOAD_SCALE),
    displacement_mm: Float64Array.from(samples, (sample) => sample.displacement),
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

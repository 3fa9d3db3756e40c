// 回放: the calls that look at a stored run again. The figures that were sealed, those of the record and those computed
// now stand side by side; a difference is said before anything else.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { MarkKind, ReplayFigure, RunReplay, SampleAt } from '../../../shared/contract/replay.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { OpenedRun } from '../../instruments/run/run-replay.ts';
import type { RunSummary, SealedSummary } from '../../instruments/run/run-types.ts';
import { EXTENSION_SCALE } from '../../instruments/run/sample.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Context, SomeHandlers } from '../context.ts';

/** Opened runs that are kept: the one that is looked at, and the one before. */
const KEPT = 2;

const verdictWords: Record<RunReplay['verdict']['state'], string> = {
  same: '由原始字节重新计算，与封存值和记录一致',
  different: '不一致：重新计算、封存值与记录不能互相印证',
  otherVersion: '封存时的算法或驱动版本与本程序不同，两组数值并列供核对',
  unsealed: '文件没有封存（采集中断），读到最后一个完整数据块为止',
  unreadable: '原始文件读不出来',
};

type Facts = Partial<SealedSummary>;

/** What a summary says, by the name people use; rows of the table in their order. */
const figureRows: readonly { name: string; unit: string; of: (summary: Facts) => string | null | undefined }[] = [
  { name: '最大力 Fm', unit: 'kN', of: ({ peak }) => peak },
  { name: 'Fm 时刻', unit: 's', of: ({ peakAt_s }) => peakAt_s },
  ...(['FeH', 'FeL', 'Fp02', 'Agt'] as const).map((wanted) => ({
    name: { FeH: '上屈服力 FeH', FeL: '下屈服力 FeL', Fp02: '规定塑性延伸力 Fp0.2', Agt: '最大力总延伸率 Agt' }[wanted],
    unit: wanted === 'Agt' ? '%' : 'kN',
    of: ({ derived }: Facts) => derived?.find(({ name }) => name === wanted)?.value ?? null,
  })),
  { name: '平均加荷速度', unit: 'kN/s', of: ({ loadingRate_kN_per_s }) => loadingRate_kN_per_s },
  {
    name: '采样点数',
    unit: '',
    of: ({ sampleCount }) => (sampleCount === undefined ? undefined : String(sampleCount)),
  },
  { name: '数据缺口', unit: '处', of: ({ gaps }) => (gaps === undefined ? undefined : String(gaps)) },
  { name: '毛刺', unit: '点', of: ({ spikes }) => (spikes === undefined ? undefined : String(spikes)) },
];

/** The run's row in the terms of a summary; what the row does not hold is left out. */
function factsOfRow(row: Row): Facts {
  return {
    peak: nullable(row['peakKn'] ?? null),
    peakAt_s: nullable(row['peakAtS'] ?? null),
    loadingRate_kN_per_s: nullable(row['loadingRateKnPerS'] ?? null),
    sampleCount: Number(row['sampleCount']),
    gaps: Number(row['gaps']),
    derived: row['derivedJson'] ? (JSON.parse(text(row['derivedJson'])) as NonNullable<SealedSummary['derived']>) : [],
  };
}

export function figuresOf(sealed: SealedSummary | null, row: Row, recomputed: RunSummary): ReplayFigure[] {
  const recorded = factsOfRow(row);
  return figureRows.flatMap(({ name, unit, of }) => {
    const values = [sealed === null ? undefined : of(sealed), of(recorded), of(recomputed)];
    const known = values.filter((value) => value !== undefined);
    if (known.every((value) => value === null)) return [];
    const [first, second, third] = values.map((value) => value ?? null);
    const same = known.every((value) => value === known[0]);
    return [{ name, unit, sealed: first ?? null, recorded: second ?? null, recomputed: third ?? null, same }];
  });
}

export function replayHandlers(context: Context): SomeHandlers<'runs.replay' | 'runs.sample'> {
  const kept = new Map<string, OpenedRun>();

  /** A file that was changed meanwhile is opened anew: what is shown is what is on the disk. */
  async function opened(row: Row): Promise<OpenedRun> {
    const path = join(context.files.runsFolder, text(row['file']));
    try {
      const { mtimeMs, size } = statSync(path);
      const key = `${path}|${mtimeMs}|${size}|${text(row['rawDigest'])}`;
      const run = kept.get(key) ?? (await OpenedRun.open(path, text(row['rawDigest'])));
      kept.delete(key);
      kept.set(key, run);
      for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
      return run;
    } catch (cause) {
      throw new AppError({
        code: 'RUN_FILE_UNREADABLE',
        message: `采集 ${text(row['runNo'])} 的原始文件读不出来：${cause instanceof AppError ? cause.message : (cause as Error).message}`,
        meaning: '不能回放，也不能核对封存的数值；记录中的数值没有改变。',
        next: '请在“审计”中校验全部数据，并从备份中找回这个文件。',
      });
    }
  }

  /** A run by its key, or by the number that people know. */
  const rowOf = (run: string): Row =>
    requireRow(
      context.store.get('run', run) ?? context.store.first('SELECT * FROM run WHERE runNo = ?', run),
      '采集',
      run,
    );

  return {
    async 'runs.replay'({ runId, fromS, toS, columns }) {
      const row = rowOf(runId);
      const run = await opened(row);
      const { recomputed, sealed, judgement } = run;
      const figures = figuresOf(sealed, row, recomputed);
      const wrong = judgement.state === 'otherVersion' ? [] : figures.filter(({ same }) => !same);
      const state = wrong.length > 0 ? 'different' : judgement.state;
      const [beginsS, endsS] = run.span;
      const { marks, more } = run.marks();
      return {
        runId: text(row['runId']),
        runNo: text(row['runNo']),
        recordNo: text(row['recordNo']),
        specimenNo: Number(row['specimenNo']),
        field: nullable(row['field'] ?? null),
        equipmentId: text(row['equipmentId']),
        operatorName: text(row['operatorName']),
        startedAt: text(row['startedAt']),
        sampleRateHz: recomputed.sampleRateHz,
        driver: `${run.file.header?.driver.id ?? ''} ${run.file.header?.driver.version ?? ''}`,
        algorithm: `${recomputed.algorithm.id} ${recomputed.algorithm.version}`,
        validity: text(row['validity']),
        reason: nullable(row['reason'] ?? null),
        rawDigest: text(row['rawDigest']),
        remarks: recomputed.remarks ?? [],
        verdict: {
          state,
          words: verdictWords[state],
          faults: [
            ...judgement.faults,
            ...wrong.map(
              ({ name, unit, ...values }) =>
                `${name}：封存 ${values.sealed ?? '—'}，记录 ${values.recorded ?? '—'}，重新计算 ${values.recomputed ?? '—'} ${unit}。`,
            ),
          ],
        },
        figures,
        marks: marks.map(({ kind, index, text: words }) => ({
          kind: kind satisfies MarkKind,
          index,
          timeS: run.timeOf(index),
          loadKn: run.loadOf(index),
          text: words,
        })),
        moreMarks: more,
        sampleCount: run.samples.length,
        beginsS,
        endsS,
        greatestLoadKn: run.greatestLoad,
        samples: run.range(fromS ?? beginsS, toS ?? endsS, columns),
      };
    },
    async 'runs.sample'({ runId, index }): Promise<SampleAt> {
      const row = rowOf(runId);
      const run = await opened(row);
      const at = Math.min(index, run.samples.length - 1);
      const sample = run.samples[at];
      if (sample === undefined) {
        throw new AppError({
          code: 'RUN_EMPTY',
          message: `采集 ${text(row['runNo'])} 的文件里没有数据点。`,
          next: '请查看该次采集的无效原因。',
        });
      }
      const pieces = run.piecesOf(at);
      const own = pieces.find(({ frame }) => frame !== null) ?? pieces[Math.min(1, pieces.length - 1)];
      const plain = (value: number): number | null => (Number.isNaN(value) ? null : value);
      return {
        index: at,
        timeS: run.timeOf(at),
        text: sample.text,
        displacementMm: plain(sample.displacement),
        extensionMm: plain(sample.extension / EXTENSION_SCALE),
        gapBefore: sample.gapBefore,
        spike: run.isSpike(at),
        pieces: pieces.map(({ block, monoNs, bytes, skipped, frame }) => ({
          block,
          arrivedMs: Number(monoNs - (own?.monoNs ?? monoNs)) / 1e6,
          hex: bytes.toString('hex'),
          bytes: bytes.length,
          skipped,
          frame,
        })),
      };
    },
  };
}

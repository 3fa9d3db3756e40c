// Recomputes a run file from its bytes and says whether what was sealed follows from them.
import { parseArgs } from 'node:util';
import { AppError } from '../../../shared/errors/appError.ts';
import { replayRun, type RunReplay } from '../../instruments/run/run-file.ts';
import { describeDifference } from '../../instruments/run/run-compare.ts';
import type { RunSummary } from '../../instruments/run/run-types.ts';
import type { Command } from '../jiantai.ts';
import { write } from './lines.ts';

type Verdict = 'equal' | 'different' | 'other-version' | 'unsealed' | 'damaged';

function verdictOf({ file, recomputed, differences, otherVersion }: RunReplay): Verdict {
  if (file.state === 'damaged' || recomputed === null) return file.state === 'armed' ? 'unsealed' : 'damaged';
  if (differences === null) return 'unsealed';
  if (differences.length === 0) return 'equal';
  return otherVersion ? 'other-version' : 'different';
}

const WORDS: Record<Verdict, string> = {
  equal: '一致：由原始字节重新计算的结果与封存值相同。',
  different: '不一致：由原始字节重新计算的结果与封存值不同，请勿使用这份数据，并报告质量负责人。',
  'other-version': '封存时用的是另一版本的驱动或算法，结果有不同，须人工判断。',
  unsealed: '没有封存：试验被中断，读到最后一个完整数据块为止。',
  damaged: '文件被改动或残缺。',
};

const FIGURES = [
  ['最大力', 'peak', 'kN'],
  ['加载速率', 'loadingRate_kN_per_s', 'kN/s'],
  ['零点', 'zero_kN', 'kN'],
  ['采样频率', 'sampleRateHz', 'Hz'],
  ['样本数', 'sampleCount', ''],
  ['缺口', 'gaps', ''],
  ['舍弃字节', 'rejectedBytes', ''],
] as const satisfies readonly (readonly [string, keyof RunSummary, string])[];

function text(path: string, verdict: Verdict, replay: RunReplay): string {
  const { recomputed, file, otherVersion } = replay;
  const rows = recomputed
    ? FIGURES.flatMap(([name, key, unit]) =>
        recomputed[key] === null ? [] : [`  ${name} ${String(recomputed[key])} ${unit}`.trimEnd()],
      )
    : [];
  const derived = [
    ...(recomputed?.derived ?? []),
    ...(recomputed?.device ?? []).map((each) => ({ ...each, name: `控制器 ${each.name}` })),
  ];
  return [
    path,
    WORDS[verdict],
    ...(file.fault ? [`  ${file.fault.message}`] : []),
    ...(replay.differences ?? []).map((each) => `  ${describeDifference(each)}`),
    ...(otherVersion ? [`  封存时 ${otherVersion.sealed}；现在 ${otherVersion.program}`] : []),
    ...rows,
    ...derived.map(({ name, value, unit }) => `  ${name} ${value} ${unit}`),
    ...(recomputed ? [`  有效性 ${recomputed.validity}${recomputed.reason ? `（${recomputed.reason}）` : ''}`] : []),
    ...(recomputed?.remarks ?? []).map((remark) => `  ${remark}`),
    `  校验值 ${file.rawDigest}`,
  ].join('\n');
}

export const replay: Command = {
  summary: '由采集文件的原始字节重新计算，说明与封存值是否一致',
  usage: 'jiantai replay <采集文件> [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) {
      throw new AppError({
        code: 'USAGE',
        message: '须写明一个采集文件。',
        next: '用法：jiantai replay <采集文件> [--json]',
      });
    }
    const result = await replayRun(path);
    const verdict = verdictOf(result);
    if (values.json) {
      const { file, recomputed, differences, otherVersion, readings } = result;
      write({
        file: path,
        verdict,
        state: file.state,
        fault: file.fault,
        rawDigest: file.rawDigest,
        trailingBytes: file.trailingBytes,
        sealed: file.seal,
        recomputed,
        differences,
        otherVersion,
        ...(readings === null ? {} : { readings }),
      });
    } else process.stdout.write(`${text(path, verdict, result)}\n`);
    if (verdict === 'equal') return 0;
    process.stderr.write(
      `${JSON.stringify({ error: { code: `REPLAY_${verdict.toUpperCase().replace('-', '_')}`, message: WORDS[verdict] } })}\n`,
    );
    return 1;
  },
};

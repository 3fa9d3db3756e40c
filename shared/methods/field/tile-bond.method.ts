// 饰面砖粘结强度, JGJ/T 110-2017 (JGJ 110-2008 for old work): three pieces pulled off on site, single strengths and mean
// to 0.1 MPa. Mean and single values are two conditions: both met is 合格, none 不合格, one asks for two more groups from
// the same area.
import { refusal } from '../foundation/decimal.ts';
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import type { Edition } from '../method.ts';
import {
  GROUP_SIZE,
  RETEST_GROUPS,
  TILE_RETESTS,
  SUBJECT_RULE,
  SUBJECT_STATE,
  SUBJECT_STRENGTH,
  TILE_EDITIONS,
  TILE_LIMITS,
} from './tile/data.ts';
import { TILE_FIELDS, TILE_SETS } from './tile/fields.ts';
import type { TileInputs } from './tile/fields.ts';
import {
  NOT_COMPARED,
  OUTCOME_WORDS,
  SINGLE_VERDICT,
  VERDICTS,
  groupTrace,
  sentenceOf,
  stateStops,
  warningsOf,
} from './tile/findings.ts';
import { judgeTiles, thresholdsOf, tileGroup } from './tile/judge.ts';
import type { TileGroup, TileVerdict } from './tile/judge.ts';
import { pieceTrace, tilePieces } from './tile/strength.ts';
import { tileRecord, tileReport } from './tile/tables.ts';
import type { TilePaper } from './tile/tables.ts';
import { tileBondVector } from './tile/vector.ts';

const PARAMETER = 'NJ';

export interface TileBondOutputs {
  construction: string;
  round: 'initial' | 'retest';
  areas_mm2: string[];
  single_MPa: string[];
  groups: readonly TileGroup[];
  /** Null while the limits may not judge. */
  verdict: TileVerdict | null;
}

function checkRound(inputs: TileInputs, clause: string): void {
  const isRetest = inputs.round === 'retest';
  const wanted = isRetest ? GROUP_SIZE * RETEST_GROUPS : GROUP_SIZE;
  const count = inputs.forces_kN.length;
  if (count !== wanted) {
    const message = `${isRetest ? '复验应为 2 组 6 个试样' : '初验应为 1 组 3 个试样'}，收到 ${count} 个。`;
    throw refusal('METHOD_WRONG_COUNT', message, 'forces_kN', clause, '请核对试验轮次和试样数量。');
  }
  if (isRetest && inputs.initialRecordNo === undefined) {
    const next = '请填写初验的原始记录编号；没有初验的按初验登记。';
    throw refusal('METHOD_MISSING', '复验缺少“初验记录编号”。', 'initialRecordNo', clause, next);
  }
}

const clausesOf = ({ test }: Edition) => ({
  strength: `${test} ${SUBJECT_STRENGTH}`,
  rule: `${test} ${SUBJECT_RULE}`,
  state: `${test} ${SUBJECT_STATE}`,
});

export default defineMethod({
  id: 'tile-bond',
  name: '饰面砖粘结强度',
  purpose: 'field',
  itemCode: 'SZ-NJ',
  sampleName: '饰面砖粘结试样',
  parameters: [{ code: PARAMETER, name: '粘结强度', unit: 'MPa', recognises: /粘结强度/ }],
  recognises: (names) => /饰面砖/.test(names) && /粘结/.test(names),
  editions: TILE_EDITIONS,
  sets: TILE_SETS,
  fields: TILE_FIELDS,
  policies: [],
  limits: TILE_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [],
  retests: TILE_RETESTS,
  describe: ({ construction = '', tileKind = '' }) => ({ grade: construction, spec: tileKind }),
  evaluate(inputs, { edition, judges }) {
    const clauses = clausesOf(edition);
    const isRetest = inputs.round === 'retest';
    checkRound(inputs, clauses.rule);
    const thresholds = thresholdsOf(edition.test, inputs.construction);
    const pieces = tilePieces(inputs, clauses.strength);
    const singles = pieces.map((piece) => piece.strength_MPa);
    const groups = Array.from({ length: singles.length / GROUP_SIZE }, (_, index) =>
      tileGroup(singles.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE), thresholds),
    );
    const outcome = judgeTiles(groups, isRetest);
    const judging = judges(edition.test);
    const verdict = judging ? VERDICTS[outcome] : 'not-judged';
    const sentence = sentenceOf(groups, verdict, edition.test);
    const requirement = `平均值 ≥${thresholds.mean_MPa} MPa；可有一个试样小于 ${thresholds.mean_MPa} MPa，但不应小于 ${thresholds.least_MPa} MPa`;
    const verdictWords = SINGLE_VERDICT[verdict];
    const paper: TilePaper = { inputs, pieces, groups, requirement, judged: judging, verdictWords, sentence };
    const outputs: TileBondOutputs = {
      construction: inputs.construction,
      round: inputs.round,
      areas_mm2: pieces.map((piece) => piece.area_mm2),
      single_MPa: singles,
      groups,
      verdict: judging ? outcome : null,
    };
    return {
      outputs,
      trace: [
        ...pieceTrace(inputs, pieces, clauses.strength),
        ...groupTrace(groups, thresholds, clauses.rule),
        {
          name: '粘结强度评定',
          formula: isRetest ? '复验的 2 组均应符合两项指标' : '两项均符合为合格，均不符合为不合格，只符合一项应复验',
          value: judging ? OUTCOME_WORDS[outcome] : '需人工判定',
          rule: judging ? '按两项指标' : NOT_COMPARED,
          clause: clauses.rule,
        },
      ],
      parameters: [
        {
          parameterCode: PARAMETER,
          name: '粘结强度',
          value: groups.map((group) => group.mean_MPa).join('/'),
          unit: 'MPa',
          requirement,
          verdict,
        },
      ],
      valid: true,
      text: sentence,
      warnings: warningsOf(verdict, sentence, clauses.rule),
      stops: stateStops(inputs, pieces, thresholds, clauses.state),
      record: tileRecord(paper),
      report: tileReport(paper),
    };
  },
  vectors: (own) => ({ 'tile-bond': tileBondVector, 'tile-bond-record': recordVector(own) }),
});

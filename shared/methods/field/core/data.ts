// Data of core tests: JGJ/T 384-2016 (strength of a core, estimate of a member) and GB 50204-2015 appendix D (check of a
// structure by rebound and cores). Nobody here has seen the printed standards, so limits are drafts. The k₁ and k₂ of
// JGJ/T 384-2016 appendix A were seen by nobody either: the estimate of a batch is refused.
import type { LimitTable } from '../../method.ts';

export const STANDARD = 'JGJ/T 384-2016';
export const ACCEPTANCE = 'GB 50204-2015';
export const CLAUSE_CORE = `${STANDARD} 芯样试件抗压强度`;
export const CLAUSE_SIZE = `${STANDARD} 芯样试件尺寸`;
export const CLAUSE_MEMBER = `${STANDARD} 单个构件混凝土抗压强度推定值`;
export const CLAUSE_BATCH = `${STANDARD} 附录 A`;
export const CLAUSE_ENTITY = `${ACCEPTANCE} 附录 D`;
export const CLAUSE_LOADING = 'GB/T 50081-2019 5.0.4';

export const STRENGTH_STEP = '0.1';
export const DIAMETER_STEP = '0.5';

/** βc of the standard; another one needs tests. */
export const STANDARD_FACTOR = '1.0';

/** Height over diameter, percent. */
export const RATIO_PERCENT = { min: '95', max: '105' };

/** Cores of one check of a structure. */
export const ENTITY_CORES = 3;

export const ESTIMATE = 'TD';
export const ENTITY = 'ST';

/** Share of the design strength in percent. */
export const LIMITS: readonly LimitTable[] = [
  {
    standard: ACCEPTANCE,
    clause: '附录 D',
    title: '结构实体混凝土回弹-取芯法强度检验',
    status: 'draft',
    rows: [
      { parameterCode: ENTITY, appliesTo: '平均值', min: '88', unit: '%', compareMode: 'full-value' },
      { parameterCode: ENTITY, appliesTo: '最小值', min: '80', unit: '%', compareMode: 'full-value' },
    ],
  },
];

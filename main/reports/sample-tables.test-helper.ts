// Result tables for the tests of this folder: cubes from the method itself, the others as their methods print them.
import concreteCube from '../../shared/methods/concrete/concrete-cube.method.ts';
import type { MethodComputation } from '../../shared/methods/method.ts';
import type { PaperTable, TableCell } from '../../shared/methods/table.ts';
import { fillTable, joinTables } from '../../shared/reports/paper-tables.ts';

export function cubeComputation(loads: readonly string[]): MethodComputation {
  return concreteCube.compute({ side_mm: '150', designGrade: 'C30', curing: '标准养护', loads_kN: [...loads] });
}

const cubeFacts = (index: number) => ({
  sampleNo: `YP2025-${String(index).padStart(6, '0')}`,
  recordNo: `JL-HNT-2025-${String(index).padStart(6, '0')}`,
  structurePart: `${index} 层 ${index}～${index + 4} 轴 剪力墙`,
  madeOn: '2025-10-26',
  testedOn: '2025-11-23',
  ageDays: '28',
  representedQuantity: '100 m³',
  batchNo: '',
  maker: '',
  sampleState: '外观完好',
});

/** Three loads per group; the third group of every three is invalid (both ends beyond 15 %). */
export function cubeLoads(index: number): string[] {
  if (index % 3 === 0) return ['640.5', '802.2', '975.8'];
  return [780 + ((index * 17) % 60), 802 + ((index * 11) % 50), 795 + ((index * 7) % 40)].map((load) => `${load}.4`);
}

export function cubeTables(groups: number): PaperTable[] {
  return joinTables(
    Array.from({ length: groups }, (_, index) => {
      const facts = cubeFacts(index + 1);
      const { report } = cubeComputation(cubeLoads(index + 1));
      return { sampleNo: facts.sampleNo, tables: report.map((table) => fillTable(table, facts)) };
    }),
  );
}

const passed = '合格';
const across = (text: string, columns: number): TableCell => ({ text, across: columns });
const left = (text: string): TableCell => ({ text, left: true });

export const rebarTables: PaperTable[] = [
  {
    columns: [
      { head: '检测项目', width: 2.2 },
      { head: '单位', width: 0.7 },
      { head: '技术要求', width: 1.2 },
      { head: '检测结果 1', width: 1 },
      { head: '检测结果 2', width: 1 },
      { head: '单项判定', width: 0.9 },
    ],
    rows: [
      [left('下屈服强度 R_{eL}'), 'MPa', '≥400', '425', '430', passed],
      [left('抗拉强度 R_{m}'), 'MPa', '≥540', '580', '590', passed],
      [left('断后伸长率 A'), '%', '—', '24', '25', '—'],
      [left('最大力总延伸率 A_{gt}'), '%', '≥9.0', '13.2', '12.8', passed],
      [left('强屈比 R°_{m}/R°_{eL}'), '—', '≥1.25', '1.36', '1.37', passed],
      [left('超屈比 R°_{eL}/R_{eL}'), '—', '≤1.30', '1.06', '1.08', passed],
      [left('弯曲性能（弯曲压头直径 4d＝80 mm，180°）'), '—', '弯曲部位表面无裂纹', '无裂纹', '无裂纹', passed],
      [left('反向弯曲（弯曲压头直径 5d＝100 mm，90°＋20°）'), '—', '弯曲部位表面无裂纹', across('无裂纹', 2), passed],
      [left('重量偏差'), '%', '±4.5', across('−2.8', 2), passed],
    ],
    notes: ['强度修约间隔 5 MPa（YB/T 081-2013）；重量偏差不合格时不得复验。'],
  },
];

export const cementTables: PaperTable[] = [
  {
    caption: '胶砂强度（3 d）',
    columns: [
      { head: '检测项目', width: 1.2 },
      { head: '技术要求', unit: 'MPa', width: 1 },
      ...[1, 2, 3, 4, 5, 6].map((index) => ({ head: `单值 ${index}`, unit: 'MPa', width: 0.8 })),
      { head: '平均值', unit: 'MPa', width: 0.9 },
      { head: '单项判定', width: 1 },
    ],
    rows: [
      ['抗折强度', '≥4.0', across('5.6', 2), across('5.1', 2), across('5.4', 2), { text: '5.4', strong: true }, passed],
      ['抗压强度', '≥17.0', '25.1', '26.3', '26.1', '24.2', '27.8', '28.4', { text: '26.3', strong: true }, passed],
    ],
    notes: ['28 d 强度另出补充报告。'],
  },
  {
    caption: '其他项目',
    columns: [
      { head: '检测项目', width: 2 },
      { head: '技术要求', width: 1.4 },
      { head: '检测结果' },
      { head: '单项判定' },
    ],
    rows: [
      [left('标准稠度用水量'), '—', '27.4 %', '—'],
      [left('凝结时间 初凝'), '≥45 min', '172 min', passed],
      [left('凝结时间 终凝'), '≤600 min', '241 min', passed],
      [left('安定性（雷氏夹法，C−A 平均值）'), '≤5.0 mm', '1.5 mm', passed],
    ],
  },
];

const sieves = ['5.00 mm', '2.50 mm', '1.25 mm', '630 μm', '315 μm', '160 μm'];

export const sandTables: PaperTable[] = [
  {
    caption: '颗粒级配（累计筛余，%）',
    columns: [{ head: '公称粒径', width: 1.5 }, ...sieves.map((head) => ({ head }))],
    rows: [
      ['Ⅰ 区', '10～0', '35～5', '65～35', '85～71', '95～80', '100～90'],
      ['Ⅱ 区', '10～0', '25～0', '50～10', '70～41', '92～70', '100～90'],
      ['Ⅲ 区', '10～0', '15～0', '25～0', '40～16', '85～55', '100～90'],
      ...[['实测累计筛余', '5', '15', '35', '60', '80', '95']].map((row) =>
        row.map((text): TableCell => ({ text, strong: true })),
      ),
    ],
  },
  {
    columns: [
      { head: '检测项目', width: 1.6 },
      { head: '≥C60', width: 0.8 },
      { head: 'C55～C30', width: 0.8 },
      { head: '≤C25', width: 0.8 },
      { head: '检测结果', width: 1.2 },
      { head: '单项判定', width: 1.2 },
    ],
    rows: [
      [left('细度模数 μ_{f}'), across('中砂 3.0～2.3', 3), { text: '2.7', strong: true }, '中砂'],
      [left('级配区'), across('Ⅰ 区、Ⅱ 区、Ⅲ 区', 3), 'Ⅱ 区', '符合'],
      [left('含泥量（%）'), '≤2.0', '≤3.0', '≤5.0', '2.4', '符合 C55～C30'],
      [left('泥块含量（%）'), '≤0.5', '≤1.0', '≤2.0', '0.6', '符合 C55～C30'],
    ],
  },
];

/** Sixteen readings per zone and what became of them: the widest table there is. */
export const reboundRecordTables: PaperTable[] = [
  {
    caption: '测区回弹值',
    columns: [
      { head: '测区' },
      ...Array.from({ length: 16 }, (_, index) => ({ head: `N_{${index + 1}}` })),
      { head: '平均值 R_{m}', width: 1.4 },
      { head: '角度修正', width: 1.3 },
      { head: '浇筑面修正', width: 1.3 },
      { head: '修正后 R_{m}', width: 1.4 },
      { head: '碳化深度 d_{m}', unit: 'mm', width: 1.3 },
      { head: '强度换算值', unit: 'MPa', width: 1.5 },
    ],
    rows: Array.from({ length: 10 }, (_, zone) => [
      String(zone + 1),
      ...Array.from({ length: 16 }, (__, index) => String(36 + ((zone * 7 + index * 5) % 9))),
      `${38 + (zone % 4)}.${zone}`,
      '−2.5',
      '0.0',
      `${36 + (zone % 4)}.${zone}`,
      '1.5',
      { text: `${31 + (zone % 4)}.${9 - zone}`, strong: true },
    ]),
    notes: ['每个测区剔除三个最大值和三个最小值，取其余十个的平均值。'],
  },
];

export const reboundTables: PaperTable[] = [
  {
    joins: true,
    columns: [
      { head: '构件', width: 2 },
      { head: '测区', width: 0.7 },
      { head: '测区平均回弹值 R_{m}', width: 1.2 },
      { head: '碳化深度 d_{m}', unit: 'mm', width: 1 },
      { head: '测区强度换算值 f_{cu}^{c}', unit: 'MPa', width: 1.2 },
      { head: '平均值', unit: 'MPa' },
      { head: '标准差', unit: 'MPa' },
      { head: '最小值', unit: 'MPa' },
      { head: '强度推定值 f_{cu,e}', unit: 'MPa', width: 1.2 },
    ],
    rows: Array.from({ length: 10 }, (_, zone) => {
      const own = [String(zone + 1), `${38 + (zone % 4)}.${zone}`, '1.5', `${31 + (zone % 4)}.${9 - zone}`];
      if (zone > 0) return own;
      const whole = (text: string, strong?: true): TableCell => ({ text, down: 10, ...(strong ? { strong } : {}) });
      return [
        whole('3 层 KL-7 框架梁（2～3 轴交 C 轴）'),
        ...own,
        ...['33.0', '1.28', '31.0'].map((text) => whole(text)),
        whole('30.9', true),
      ];
    }),
  },
];

/** Rows enough for several pages. */
export function longTable(rows: number): PaperTable {
  return {
    columns: [{ head: '测点编号' }, { head: '检测部位', width: 2 }, { head: '实测值', unit: 'mm' }, { head: '判定' }],
    rows: Array.from({ length: rows }, (_, index) => [
      `D${String(index + 1).padStart(3, '0')}`,
      `${(index % 6) + 1} 层 楼板 ${index + 1} 号点`,
      `${12 + (index % 7)}`,
      passed,
    ]),
  };
}

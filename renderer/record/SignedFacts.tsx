// Exactly what a signature under a record stands for, as it is signed.
import type { TestRecord } from '../../shared/entities/record.ts';
import { Facts } from '../design/Facts.tsx';
import { previewStrength } from './strength.ts';

export function SignedFacts({ record }: { record: TestRecord }) {
  const { sample, environment, result } = record;
  const loads = record.readings.map(
    (reading) =>
      `${reading.failureLoadKn ?? '—'} kN（${previewStrength(reading.failureLoadKn, sample.sideMm) ?? '—'} MPa）`,
  );
  const notCounted = record.runs.filter((run) => run.validity !== 'valid').length;
  return (
    <Facts
      columns={2}
      facts={[
        ['记录编号', record.recordNo],
        ['样品编号', sample.sampleNo],
        ['工程', record.projectName, 'wide'],
        ['工程部位', sample.structurePart],
        ['设计等级', `${sample.grade} · ${sample.sideMm} mm · ${sample.requiredAgeDays} d`],
        ['方法', record.methodStandard],
        ['设备', record.equipmentName ?? ''],
        ['破坏荷载与单块强度', loads.join('　'), 'wide'],
        [
          '代表值',
          result === null
            ? ''
            : result.representativeValueMpa === null
              ? '试验结果无效'
              : `${result.representativeValueMpa} MPa`,
        ],
        ['检测环境', environment === null ? '' : `${environment.temperatureC} ℃，${environment.humidityPercent} %`],
        ['结论', result?.conclusionText ?? '', 'wide'],
        ['不计入的采集', notCounted === 0 ? '无' : `${notCounted} 次，均保留在记录中`, 'wide'],
      ]}
    />
  );
}

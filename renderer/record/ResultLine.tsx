// The result of a group in one line, in large figures, with its rule in words.
import type { TestRecord } from '../../shared/entities/record.ts';
import { ruleWords } from '../design/words.ts';

export function ResultLine({ record }: { record: TestRecord }) {
  const { result } = record;
  if (result === null) {
    const open = record.readings.filter((reading) => reading.failureLoadKn === null).length;
    return (
      <p className="jt-result jt-result-open" data-testid="record-result">
        代表值 <b className="jt-figure">—</b>
        <span className="jt-soft">{open > 0 ? `还差 ${open} 块试件` : '等待计算'}</span>
      </p>
    );
  }
  return (
    <div className="jt-result" data-testid="record-result">
      <span>代表值</span>
      <b className="jt-figure" data-testid="record-representative">
        {result.representativeValueMpa ?? '无效'}
      </b>
      {result.representativeValueMpa !== null && <span>MPa</span>}
      <span className="jt-soft">
        {ruleWords[result.rule] ?? result.rule} · 换算系数 {result.sizeFactor}
        {result.percentOfGrade !== null && ` · 达到设计强度 ${result.percentOfGrade}%`}
      </span>
      {result.belowGrade && (
        <strong className="jt-tone-bad">▲ 低于设计等级 {record.sample.grade}，批准后将提醒监管方</strong>
      )}
      {result.rule === 'invalid' && <strong className="jt-tone-bad">✕ 试验结果无效，不作评定依据</strong>}
    </div>
  );
}

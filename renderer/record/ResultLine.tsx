// The result in large figures: one value with its sentence, or a line for every parameter with its verdict.
import type { TestRecord } from '../../shared/entities/record.ts';
import { StateTag } from '../design/StateTag.tsx';
import { verdictWords } from '../design/words.ts';

export interface ResultLineProps {
  record: Pick<TestRecord, 'result' | 'open' | 'problem'>;
  /** Leaves out what is still to be read, where it stands beside it already. */
  brief?: boolean;
}

export function ResultLine({ record, brief = false }: ResultLineProps) {
  const { result } = record;
  if (result === null) {
    const lacking = brief ? '读数齐全后显示' : `还差 ${record.open.join('、')}`;
    const waiting = record.open.length > 0 ? lacking : (record.problem ?? '等待计算');
    return (
      <p className="jt-result jt-result-open" data-testid="record-result">
        结果 <b className="jt-figure">—</b>
        <span className={record.problem === undefined ? 'jt-soft' : 'jt-tone-bad'}>{waiting}</span>
      </p>
    );
  }
  const [only] = result.parameters;
  if (only === undefined || result.parameters.length > 1) {
    return (
      <div className="jt-result jt-result-many" data-testid="record-result">
        {result.parameters.map((parameter) => (
          <span key={parameter.parameterCode} className="jt-result-one">
            {parameter.name} <b className="jt-figure">{parameter.value ?? '无效'}</b> {parameter.unit}
            {parameter.requirement !== null && <span className="jt-soft">（{parameter.requirement}）</span>}{' '}
            <StateTag state={verdictWords[parameter.verdict]} />
          </span>
        ))}
      </div>
    );
  }
  return (
    <div className="jt-result" data-testid="record-result">
      <span>{only.name}</span>
      <b className="jt-figure" data-testid="record-representative">
        {only.value ?? '无效'}
      </b>
      {only.value !== null && <span>{only.unit}</span>}
      {only.verdict !== 'not-judged' && <StateTag state={verdictWords[only.verdict]} />}
      <span className="jt-soft">{result.conclusionText}</span>
      {result.alarming && result.valid && <strong className="jt-tone-bad">▲ 批准后将提醒监管方</strong>}
      {!result.valid && <strong className="jt-tone-bad">✕ 试验结果无效，不作评定依据</strong>}
    </div>
  );
}

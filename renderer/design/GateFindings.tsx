// What the gate found, in words: what refuses first, then warnings, then what passed.
import type { z } from 'zod';
import type { gateFindingSchema } from '../../shared/entities/record.ts';

type Finding = z.infer<typeof gateFindingSchema>;

const outcomes = {
  refuse: { order: 0, word: '不允许', tone: 'bad', shape: '✕' },
  warn: { order: 1, word: '注意', tone: 'warn', shape: '▲' },
  'not-enforced': { order: 2, word: '未强制', tone: 'quiet', shape: '○' },
  pass: { order: 3, word: '通过', tone: 'good', shape: '✓' },
} as const;

export const questionWords: Record<string, string> = {
  scope: '资质范围',
  contract: '合同',
  personnel: '人员资格',
  equipment: '设备',
  age: '龄期',
  supervision: '监管',
  commission: '委托单',
  separation: '签名分离',
  signatures: '签名',
  clock: '时钟',
  environment: '检测环境',
  reference: '基础数据',
};

/** What refuses or warns in full; what passed in one line that opens, with its sources. `compact` leaves that line out. */
export function GateFindings({ findings, compact = false }: { findings: readonly Finding[]; compact?: boolean }) {
  const calm = findings.filter((finding) => finding.outcome === 'pass' || finding.outcome === 'not-enforced');
  const loud = findings
    .filter((finding) => !calm.includes(finding))
    .sort((a, b) => outcomes[a.outcome].order - outcomes[b.outcome].order);
  if (loud.length === 0 && (compact || calm.length === 0)) return null;
  return (
    <div className="jt-gate" data-testid="gate-findings">
      {loud.length > 0 && (
        <ul>
          {loud.map((finding) => (
            <FindingLine key={`${finding.question}${finding.code}${finding.message}`} finding={finding} />
          ))}
        </ul>
      )}
      {!compact && calm.length > 0 && (
        <details>
          <summary className="jt-tone-good">
            ✓ 通过：{[...new Set(calm.map((finding) => nameOf(finding)))].join('、')}（查看依据）
          </summary>
          <ul>
            {calm.map((finding) => (
              <FindingLine key={`${finding.question}${finding.code}${finding.message}`} finding={finding} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const nameOf = (finding: Finding): string => questionWords[finding.question] ?? finding.question;

function FindingLine({ finding }: { finding: Finding }) {
  const { tone, shape, word } = outcomes[finding.outcome];
  const calm = finding.outcome === 'pass';
  return (
    <li className={`jt-tone-${tone}`}>
      <span className="jt-state-shape" aria-hidden="true">
        {shape}
      </span>
      <div>
        <strong>
          {nameOf(finding)}：{word}
        </strong>{' '}
        {finding.message}
        {!calm && finding.meaning !== undefined && <> {finding.meaning}</>}
        {!calm && finding.next !== undefined && (
          <div>
            <strong>怎么办：</strong>
            {finding.next}
          </div>
        )}
        {finding.source !== undefined && <div className="jt-soft">依据：{finding.source}</div>}
      </div>
    </li>
  );
}

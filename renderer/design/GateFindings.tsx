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
};

export function GateFindings({ findings, compact = false }: { findings: readonly Finding[]; compact?: boolean }) {
  const shown = [...findings]
    .filter((finding) => !compact || finding.outcome === 'refuse' || finding.outcome === 'warn')
    .sort((a, b) => outcomes[a.outcome].order - outcomes[b.outcome].order);
  if (shown.length === 0) return null;
  return (
    <ul className="jt-gate" data-testid="gate-findings">
      {shown.map((finding) => {
        const { tone, shape, word } = outcomes[finding.outcome];
        return (
          <li key={`${finding.question}${finding.code}${finding.message}`} className={`jt-tone-${tone}`}>
            <span className="jt-state-shape" aria-hidden="true">
              {shape}
            </span>
            <div>
              <strong>
                {questionWords[finding.question] ?? finding.question}：{word}
              </strong>{' '}
              {finding.message}
              {finding.outcome !== 'pass' && finding.meaning !== undefined && <> {finding.meaning}</>}
              {finding.outcome !== 'pass' && finding.next !== undefined && (
                <div>
                  <strong>怎么办：</strong>
                  {finding.next}
                </div>
              )}
              {!compact && finding.source !== undefined && <div className="jt-soft">依据：{finding.source}</div>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

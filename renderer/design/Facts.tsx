// Names and values side by side, dense; the same everywhere.
import type { ReactNode } from 'react';

export type Fact = readonly [name: string, value: ReactNode, wide?: 'wide'];

export function Facts({ facts, columns = 3 }: { facts: readonly Fact[]; columns?: 2 | 3 | 4 }) {
  return (
    <dl className={`jt-facts jt-facts-${columns}`}>
      {facts.map(([name, value, wide]) => (
        <div key={name} className={wide === undefined ? undefined : 'jt-fact-wide'}>
          <dt>{name}</dt>
          <dd>{value === '' || value === null || value === undefined ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  );
}

// Parts of one place, each with its key.
import { KeyHint } from './KeyHint.tsx';

export interface Tab<Id extends string> {
  id: Id;
  name: string;
  keys?: string;
  count?: number;
}

export function Tabs<Id extends string>({
  label,
  tabs,
  current,
  onChange,
}: {
  label: string;
  tabs: readonly Tab<Id>[];
  current: Id;
  onChange: (id: Id) => void;
}) {
  return (
    <div className="jt-tabs" role="tablist" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === current}
          onClick={() => onChange(tab.id)}
          data-testid={`tab-${tab.id}`}
        >
          {tab.name}
          {tab.count !== undefined && <b> {tab.count}</b>}
          {tab.keys !== undefined && <KeyHint keys={tab.keys} />}
        </button>
      ))}
    </div>
  );
}

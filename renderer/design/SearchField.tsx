// The search line above a whole-history list.
import type { Ref } from 'react';
import type { PagedSearch } from './usePagedSearch.ts';

export function SearchField<Row>({
  search,
  placeholder,
  ref,
  testId,
}: {
  search: PagedSearch<Row>;
  placeholder: string;
  ref?: Ref<HTMLInputElement>;
  testId: string;
}) {
  return (
    <div className="jt-search">
      <input
        ref={ref}
        className="jt-input"
        type="search"
        placeholder={placeholder}
        aria-label={placeholder}
        value={search.text}
        onChange={(event) => search.setText(event.target.value)}
        data-testid={testId}
      />
      <span className="jt-soft" aria-live="polite">
        {search.loading ? '正在查询…' : `${search.rows.length} 条${search.complete ? '' : '，向下滚动继续载入'}`}
      </span>
    </div>
  );
}

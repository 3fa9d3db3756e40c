// A refusal as people need it: what happened, what it means, what to do, and each field concerned. The code stands
// small at the end, for the telephone with a help desk; it is never the message.
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { fieldName } from './fieldNames.ts';

export interface ErrorBlockProps {
  error: ErrorInfo | null;
  onClose?: () => void;
  onRetry?: () => void;
}

export function ErrorBlock({ error, onClose, onRetry }: ErrorBlockProps) {
  if (error === null) return null;
  // A single detail that only says the headline again adds nothing but its rule.
  const details = (error.details ?? []).filter((detail) => detail.message !== error.message);
  const rule = details.length === 0 ? error.details?.[0]?.rule : undefined;
  return (
    <section className="jt-error" role="alert" data-testid="error-block">
      <span className="jt-error-shape" aria-hidden="true">
        ✕
      </span>
      <div className="jt-error-body">
        <p className="jt-error-message">{error.message}</p>
        {error.meaning !== undefined && <p>{error.meaning}</p>}
        {error.next !== undefined && (
          <p>
            <strong>怎么办：</strong>
            {error.next}
          </p>
        )}
        {rule !== undefined && <p className="jt-soft">依据 {rule}</p>}
        {details.length > 0 && (
          <ul>
            {details.map((detail) => (
              <li key={`${detail.field ?? ''}|${detail.message}|${detail.rule ?? ''}`}>
                {detail.field !== undefined && <strong>{fieldName(detail.field)}：</strong>}
                {detail.message}
                {detail.rule !== undefined && <span className="jt-soft">（依据 {detail.rule}）</span>}
              </li>
            ))}
          </ul>
        )}
        <p className="jt-error-code">代码 {error.code}</p>
      </div>
      <div className="jt-error-actions">
        {onRetry !== undefined && (
          <button type="button" className="jt-link" onClick={onRetry}>
            重试
          </button>
        )}
        {onClose !== undefined && (
          <button type="button" className="jt-link" onClick={onClose} aria-label="关闭提示">
            知道了
          </button>
        )}
      </div>
    </section>
  );
}

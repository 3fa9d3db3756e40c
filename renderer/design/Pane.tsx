// The frame of every screen: a title line with what can be done, then content that scrolls by itself.
import type { ReactNode } from 'react';

export function Pane({
  title,
  actions,
  children,
  className,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`jt-pane${className === undefined ? '' : ` ${className}`}`}>
      <header className="jt-pane-head">
        <h2>{title}</h2>
        <div className="jt-pane-actions">{actions}</div>
      </header>
      <div className="jt-pane-body">{children}</div>
    </section>
  );
}

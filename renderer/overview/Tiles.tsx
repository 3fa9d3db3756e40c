// The figures of the morning, in groups; one tab stop, arrows move, the list of the figure opens as it is reached.
import { useRef, type KeyboardEvent } from 'react';
import { figures, type FigureId } from '../../shared/overview/figures.ts';
import { figureGroups, figureOrder, figureState } from './words.ts';

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export interface TilesProps {
  counts: Readonly<Record<FigureId, number>> | null;
  current: FigureId;
  onCurrent: (id: FigureId) => void;
  /** Enter: the list takes the focus. */
  onOpen: () => void;
}

export function Tiles({ counts, current, onCurrent, onOpen }: TilesProps) {
  const tiles = useRef(new Map<FigureId, HTMLButtonElement>());
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = figureOrder[(figureOrder.indexOf(current) + step + figureOrder.length) % figureOrder.length];
    if (next === undefined) return;
    onCurrent(next);
    tiles.current.get(next)?.focus();
  };
  return (
    <div className="jt-overview-tiles" role="radiogroup" aria-label="现在" onKeyDown={onKeyDown}>
      {figureGroups.map(([name, ids]) => (
        <section key={name}>
          <h3>{name}</h3>
          <div>
            {ids.map((id) => {
              const count = counts?.[id];
              const state = figureState(id, count ?? 0);
              return (
                <button
                  key={id}
                  ref={(element) => {
                    if (element === null) tiles.current.delete(id);
                    else tiles.current.set(id, element);
                  }}
                  type="button"
                  role="radio"
                  aria-checked={id === current}
                  tabIndex={id === current ? 0 : -1}
                  title={figures[id].meaning}
                  className={`jt-overview-tile jt-tone-${count === undefined ? 'quiet' : state.tone}`}
                  onClick={() => (id === current ? onOpen() : onCurrent(id))}
                  data-testid={`figure-${id}`}
                  data-count={count}
                >
                  <span>
                    {count !== undefined && <i aria-hidden="true">{state.shape}</i>} <b>{count ?? '…'}</b>
                  </span>
                  <small>{figures[id].name}</small>
                </button>
              );
            })}
          </div>
        </section>
      ))}
    </div>
  );
}

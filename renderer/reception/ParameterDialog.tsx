// Which parameters of an item the client wants: by arrow keys and Space, Enter takes them.
import { Button } from 'antd';
import { useState } from 'react';
import { Dialog } from '../design/Dialog.tsx';

export interface ParameterDialogProps {
  parameters: readonly { code: string; name: string; unit: string }[];
  chosen: readonly string[];
  onClose: () => void;
  onChoose: (codes: string[]) => void;
}

export function ParameterDialog({ parameters, chosen, onClose, onChoose }: ParameterDialogProps) {
  const [codes, setCodes] = useState(() => new Set(chosen));
  const toggle = (code: string): void =>
    setCodes((before) => {
      const next = new Set(before);
      if (!next.delete(code)) next.add(code);
      return next;
    });
  const take = (): void => onChoose(parameters.map(({ code }) => code).filter((code) => codes.has(code)));
  return (
    <Dialog title="检测参数" onClose={onClose} width={420}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (codes.size > 0) take();
        }}
      >
        <fieldset className="jt-checks" data-testid="parameter-choice">
          {parameters.map(({ code, name, unit }, index) => (
            <label key={code} className="jt-check">
              <input
                type="checkbox"
                checked={codes.has(code)}
                autoFocus={index === 0}
                onChange={() => toggle(code)}
                data-testid={`parameter-${code}`}
              />
              {name}
              {unit !== '' && <span className="jt-soft"> {unit}</span>}
            </label>
          ))}
        </fieldset>
        <div className="jt-dialog-actions">
          <Button onClick={onClose}>
            取消 <kbd className="jt-key">Esc</kbd>
          </Button>
          <Button type="primary" htmlType="submit" disabled={codes.size === 0} data-testid="parameter-take">
            确定（{codes.size} 项） <kbd className="jt-key">Enter</kbd>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

// The one dialog of the program: focus goes in, Escape goes out, keys of the screen below rest while it is open. It is
// drawn into a place of its own, because Ant Design writes a style without nonce when it locks the body's scrolling.
import { Modal } from 'antd';
import { useContext, useEffect, type ReactNode } from 'react';
import { enterLayer, LayerContext } from './hotkeys.ts';

export interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  width?: number;
  /** False for dialogs that must be answered, e.g. while a signature is being written. */
  closable?: boolean;
}

export function overlayRoot(): HTMLElement {
  return document.getElementById('overlays') ?? document.body;
}

export function Dialog({ title, onClose, children, footer = null, width = 560, closable = true }: DialogProps) {
  const layer = useContext(LayerContext) + 1;
  useEffect(() => {
    const leave = enterLayer();
    return leave;
  }, []);
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      footer={footer}
      width={width}
      style={{ top: 44 }}
      closable={closable}
      keyboard={closable}
      mask={{ closable: false }}
      getContainer={overlayRoot}
      destroyOnHidden
    >
      <LayerContext.Provider value={layer}>{children}</LayerContext.Provider>
    </Modal>
  );
}

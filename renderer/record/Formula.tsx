// Text of formulas and heads: `f_{cc}` with its letters lowered, `mm^{2}` with them raised.
import type { ReactNode } from 'react';

/** `f_{cc}` and `mm^{2}` with their letters lowered and raised. */
export function Formula({ text }: { text: string }): ReactNode {
  const parts = text.split(/([_^]\{[^}]*\})/u);
  return parts.map((part, index) => {
    const inner = part.slice(2, -1);
    // oxlint-disable-next-line react/no-array-index-key -- the parts of one text have no name but their place
    if (part.startsWith('_{')) return <sub key={index}>{inner}</sub>;
    // oxlint-disable-next-line react/no-array-index-key -- as above
    return part.startsWith('^{') ? <sup key={index}>{inner}</sup> : part;
  });
}

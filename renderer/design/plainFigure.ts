// Figures as an input method writes them: full-width digits and Chinese points become plain ones. Nothing else is changed.
export function plainFigure(typed: string): string {
  return typed
    .replaceAll(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replaceAll(/[。．，,]/g, '.')
    .replaceAll('－', '-')
    .trim();
}

export function violationsOf(file: string, text: string): string[];
export function checkLayers(root: string): string[];

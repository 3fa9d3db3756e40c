// Curves hold up to 100 points a second for minutes; a screen has about a thousand columns. Per column the smallest
// and the largest load are kept, in their order of time, so that no peak and no sudden break is smoothed away.

export interface Series {
  timeS: readonly number[];
  loadKn: readonly number[];
}

export function decimate({ timeS, loadKn }: Series, columns: number): { timeS: number[]; loadKn: number[] } {
  const count = timeS.length;
  if (count <= columns * 2) return { timeS: [...timeS], loadKn: [...loadKn] };
  const outTime: number[] = [];
  const outLoad: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    const from = Math.floor((column * count) / columns);
    const to = Math.floor(((column + 1) * count) / columns);
    let low = from;
    let high = from;
    for (let index = from + 1; index < to; index += 1) {
      if (loadKn[index]! < loadKn[low]!) low = index;
      if (loadKn[index]! > loadKn[high]!) high = index;
    }
    for (const index of low < high ? [low, high] : high < low ? [high, low] : [low]) {
      outTime.push(timeS[index]!);
      outLoad.push(loadKn[index]!);
    }
  }
  return { timeS: outTime, loadKn: outLoad };
}

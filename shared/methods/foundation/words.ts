// Words that every method prints alike.

/** Stands wherever a figure would, when the standard says that there is none. */
export const INVALID = '试验结果无效';

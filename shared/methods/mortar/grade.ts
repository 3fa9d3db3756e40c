// 砂浆强度等级 as written on a commission: M for masonry mortar, Mb for block mortar, Ms for mortar of silicate bricks.
const strengths = ['2.5', '5', '7.5', '10', '15', '20', '25', '30'];
const special = ['5', '7.5', '10', '15', '20'];

export const mortarGrades: readonly { value: string; label: string }[] = [
  ...strengths.map((strength) => `M${strength}`),
  ...special.map((strength) => `Mb${strength}`),
  ...special.slice(0, 4).map((strength) => `Ms${strength}`),
].map((grade) => ({ value: grade, label: grade }));

/** Standard strength of a grade, MPa: `Mb7.5` is `7.5`. */
export const mortarStrengthOf = (grade: string): string => grade.replace(/^M[bs]?/, '');

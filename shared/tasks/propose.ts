// Who should do a task: what is due first is given out first, to the qualified person with the least open work who is not
// full on that day. The same facts always give the same answer, and each answer says why.

export interface Worker {
  readonly personId: string;
  readonly name: string;
  /** Open tasks that are theirs. */
  readonly openLoad: number;
  /** Of those, how many fall on a day; what is overdue falls on today. */
  readonly dayLoads: Readonly<Record<string, number>>;
}

export interface Work {
  readonly taskId: string;
  readonly dueOn: string;
  /** Moment by which it is to be done, where hours count; the due day otherwise. */
  readonly dueBy: string;
  /** Of two that are due together the lower number comes first. */
  readonly sampleNo: string;
  /** Whose it is already. Who is qualified keeps it: the program moves nobody's work about. */
  readonly assigneeId: string | null;
}

export interface Proposal {
  readonly taskId: string;
  readonly personId: string | null;
  readonly personName: string | null;
  /** One sentence. */
  readonly why: string;
}

/** What nobody did on its day is done today. */
export const workDay = (dueOn: string, today: string): string => (dueOn < today ? today : dueOn);

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export function propose(
  work: readonly Work[],
  workers: readonly Worker[],
  mayTest: (personId: string, taskId: string) => boolean,
  { today, dayLimit }: { today: string; dayLimit: number },
): Proposal[] {
  const loads = new Map(
    workers.map(({ personId, openLoad, dayLoads }) => [personId, { open: openLoad, days: { ...dayLoads } }]),
  );
  const take = (personId: string, day: string): void => {
    const load = loads.get(personId)!;
    load.open += 1;
    load.days[day] = (load.days[day] ?? 0) + 1;
  };
  const keeperOf = ({ taskId, assigneeId }: Work): Worker | undefined =>
    workers.find(({ personId }) => personId === assigneeId && mayTest(personId, taskId));
  // What stays where it is counts before anything is given out.
  for (const one of work) {
    const keeper = keeperOf(one);
    if (keeper !== undefined) take(keeper.personId, workDay(one.dueOn, today));
  }
  const ordered = work.toSorted(
    (one, other) =>
      inOrder(one.dueBy, other.dueBy) || inOrder(one.sampleNo, other.sampleNo) || inOrder(one.taskId, other.taskId),
  );
  return ordered.map((one): Proposal => {
    const { taskId } = one;
    const keeper = keeperOf(one);
    if (keeper !== undefined) {
      const { personId, name } = keeper;
      return { taskId, personId, personName: name, why: `已分配给${name}，仍有资格，保持不变。` };
    }
    const day = workDay(one.dueOn, today);
    const qualified = workers.filter(({ personId }) => mayTest(personId, taskId));
    const free = qualified
      .map(({ personId, name }) => ({ personId, name, load: loads.get(personId)! }))
      .filter(({ load }) => (load.days[day] ?? 0) < dayLimit)
      .toSorted((left, right) => left.load.open - right.load.open || inOrder(left.personId, right.personId));
    const [best] = free;
    if (best === undefined)
      return { taskId, personId: null, personName: null, why: noneWhy(qualified.length, day, dayLimit) };
    const had = best.load.open;
    const equal = free.filter(({ load }) => load.open === had).length - 1;
    take(best.personId, day);
    return {
      taskId,
      personId: best.personId,
      personName: best.name,
      why: whyOf(best.name, had, qualified.length, equal),
    };
  });
}

function noneWhy(qualified: number, day: string, dayLimit: number): string {
  if (qualified === 0) return '没有在岗、有账号并持有该项目有效资格的检测员，没有建议。';
  return `有资格的 ${qualified} 人在 ${day} 都已满 ${dayLimit} 项，没有建议。`;
}

function whyOf(name: string, had: number, qualified: number, equal: number): string {
  if (qualified === 1) return `有资格的只有${name}，手上 ${had} 项。`;
  const tie = equal === 0 ? '最少' : '并列最少，按人员编号在先';
  return `${name}手上 ${had} 项，在有资格的 ${qualified} 人中${tie}。`;
}

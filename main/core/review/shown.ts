// What the core has handed out to whom: a person agrees to a sheet that lay on a screen of theirs, not to a number.
import type { Context } from '../context.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';

export type Reviewed = 'record' | 'report';

/** Sheets remembered of each person; who looked at more since has to open the oldest again. */
const remembered = 2_000;

export class ShownSheets {
  readonly #context: Pick<Context, 'now'>;
  readonly #byPerson = new Map<string, Map<string, { digest: string; at: string }>>();

  constructor(context: Pick<Context, 'now'>) {
    this.#context = context;
  }

  note(personId: string, entity: Reviewed, key: string, digest: string): void {
    const sheets = this.#byPerson.get(personId) ?? new Map<string, { digest: string; at: string }>();
    this.#byPerson.set(personId, sheets);
    const name = `${entity}/${key}`;
    sheets.delete(name);
    sheets.set(name, { digest, at: toWallTime(this.#context.now()) });
    const [oldest] = sheets.keys();
    if (sheets.size > remembered && oldest !== undefined) sheets.delete(oldest);
  }

  /** When exactly this was shown to the person; null when it never was. */
  at(personId: string, entity: Reviewed, key: string, digest: string): string | null {
    const sheet = this.#byPerson.get(personId)?.get(`${entity}/${key}`);
    return sheet?.digest === digest ? sheet.at : null;
  }
}

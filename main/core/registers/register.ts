// What a register is: its columns, what the store holds of it as the texts of its columns, what makes a row wrong, and
// the way in, which is the way of the form: an import is many entries, and nothing beside them.
import type { Store } from '../../store/store.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { RegisterId } from '../../../shared/registers/calls.ts';
import type { Permission } from '../../../shared/entities/roles.ts';
import type { Caller, Context } from '../context.ts';
import type { CellFault, Column } from './columns.ts';

export type Reader = Pick<Store, 'all' | 'first' | 'get'>;
export type Values = Readonly<Record<string, string>>;

export interface Problem extends CellFault {
  readonly column: string;
}

/** A row as the store has it. */
export interface Known {
  readonly key: string;
  readonly values: Values;
  /** Why it cannot be changed here; null where it can. */
  readonly locked: string | null;
}

export interface Facts {
  readonly reader: Reader;
  readonly today: string;
  /** Identity numbers in clear, by what is stored of them; never written, never shown. */
  readonly identities: ReadonlyMap<string, string>;
}

export interface Checked {
  /** What the form would send. */
  readonly input: unknown;
  readonly problems: readonly Problem[];
}

export interface WriteTools {
  readonly context: Context;
  readonly tx: Transaction;
  readonly caller: Caller;
  readonly at: string;
  /** Sealed before the transaction, by the clear text. */
  readonly sealed: ReadonlyMap<string, string>;
}

export interface Register {
  readonly id: RegisterId;
  readonly name: string;
  readonly permission: Permission;
  /** Kept sealed when it was imported: it may hold identity numbers. */
  readonly personal: boolean;
  readonly columns: readonly Column[];
  /** The row's own number, in words; null where a part of it is missing. */
  keyOf(values: Values): string | null;
  /** How a person calls the row. */
  nameOf(values: Values): string;
  known(facts: Facts): Known[];
  /** Refuses where the lab may not enter at all. */
  refuseUnlessOpen(context: Context): void;
  /** What the words of the file stand for: names of items become their codes. */
  resolve?(facts: Facts, values: Values): { values: Values; problems: Problem[] };
  check(facts: Facts, values: Values, before: Values | null, reason: string): Checked;
  /** What may stand only once, beside the key: column, and the text compared. */
  unique?(values: Values): readonly { column: string; text: string }[];
  write(tools: WriteTools, input: unknown, before: Known | null): void;
  /** A value as people may see it. */
  show?(column: Column, value: string): string;
  /** Words for the sheet of allowed values that only the store knows. */
  allowed(facts: Facts, column: Column): readonly string[];
}

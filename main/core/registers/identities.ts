// Identity numbers in clear for as long as a comparison takes: opened here, kept in no row and in no answer.
import { textOf as text } from '../../store/cells.ts';
import type { Context } from '../context.ts';

/** By what is stored; one that cannot be opened on this machine is left out and compared by what may be shown of it. */
export async function openIdentities(context: Pick<Context, 'store' | 'secrets' | 'log'>): Promise<Map<string, string>> {
  const opened = new Map<string, string>();
  for (const row of context.store.all('SELECT sealed FROM personIdentity')) {
    const sealed = text(row['sealed']);
    try {
      opened.set(sealed, await context.secrets.open(sealed));
    } catch {
      context.log('warn', 'an identity number could not be opened');
    }
  }
  return opened;
} // prettier-ignore

/** Sealed before the transaction, which may not wait. */
export async function sealAll(
  context: Pick<Context, 'secrets'>,
  clear: Iterable<string>,
): Promise<Map<string, string>> {
  const sealed = new Map<string, string>();
  for (const one of new Set(clear)) sealed.set(one, await context.secrets.seal(one));
  return sealed;
}

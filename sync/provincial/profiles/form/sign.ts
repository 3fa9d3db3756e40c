// First of the profile's three functions: session, time, flow number and check value put to an operation's own values.
// The key is held in a closure and leaves it only inside an MD5.
import { CHECK_FIELD, checkValueScheme, FORM_OPERATIONS, formTime } from '../../../wire/form-contract.ts';
import { signatureOf } from '../../../wire/signature-scheme.ts';
import { newNonce } from '../../../wire/signing.ts';
import type { FormRequest } from './encode.ts';

export type FormSigner = (request: FormRequest, token: string | null, now: number) => Record<string, string>;

/** Every call needs its own: a flow number is good for one request. */
export function createFormSigner(account: string, key: string): FormSigner {
  return ({ name, values }, token, now) => {
    const { checked } = FORM_OPERATIONS[name];
    if (checked === null) return { ...values };
    const all: Record<string, string> = {
      ...values,
      account,
      ...(token === null ? {} : { token }),
      time: formTime(now),
      flowNo: newNonce(),
    };
    return { ...all, [CHECK_FIELD]: signatureOf(checkValueScheme(checked), all, key) };
  };
}

// The calls of 复检 and 补充检测.
import type { retestCalls } from '../../../shared/retests/calls.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { beginRetest } from './begin.ts';
import { retestForm } from './form.ts';
import { relatedOf } from './related.ts';
import { beginSupplement, supplementForm } from './supplements.ts';

export function retestHandlers(context: Context): SomeHandlers<keyof typeof retestCalls> {
  return {
    'retests.form': ({ recordNo }, caller) => retestForm(context, caller, recordNo),
    'retests.begin': (input, caller) => beginRetest(context, caller, input),
    'retests.related': ({ reportNo }, caller) => relatedOf(context, caller, reportNo),
    'supplements.form': ({ recordNo }) => supplementForm(context, recordNo),
    'supplements.begin': (input, caller) => beginSupplement(context, caller, input),
  };
}
